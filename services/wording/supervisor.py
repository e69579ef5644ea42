"""What the supervisor says to the person at the terminal, in French and in English."""

import os
from collections.abc import Mapping
from typing import Literal

from services.settings import UnusableSetting

Language = Literal["fr", "en"]

SENTENCES: Mapping[str, Mapping[Language, str]] = {
    "starting": {
        "en": "Filon starts; its data is in {home}",
        "fr": "Filon démarre ; ses données sont dans {home}",
    },
    "embedded": {
        "en": "Its events can be consumed at {url}",
        "fr": "Ses événements se consomment sur {url}",
    },
    "ready": {
        "en": "Filon is ready: {url}  (Ctrl-C stops it)",
        "fr": "Filon est prêt : {url}  (Ctrl-C l'arrête)",
    },
    "died": {
        "en": "{name} ended ({how}); it starts again {when}",
        "fr": "{name} s'est terminé ({how}) ; il redémarre {when}",
    },
    "now": {"en": "now", "fr": "tout de suite"},
    "later": {"en": "in {seconds:g} s", "fr": "dans {seconds:g} s"},
    "signal": {"en": "signal {number}", "fr": "signal {number}"},
    "status": {"en": "status {number}", "fr": "code {number}"},
    "stopping": {
        "en": "Filon stops; Ctrl-C again to stop at once",
        "fr": "Filon s'arrête ; encore Ctrl-C pour l'arrêter net",
    },
    "stopped": {"en": "Filon has stopped", "fr": "Filon est arrêté"},
    "wrong-settings": {
        "en": "{name} refuses its settings (see above): correct them, then start Filon again",
        "fr": "{name} refuse ses réglages (voir plus haut) : corrigez-les, puis relancez Filon",
    },
    "setting": {
        "en": "{setting}={value!r} is not possible: {expected}",
        "fr": "{setting}={value!r} n'est pas possible : {expected}",
    },
    "setting-hidden": {
        "en": "{setting} is not possible: {expected}",
        "fr": "{setting} n'est pas possible : {expected}",
    },
    "a-folder": {
        "en": "a folder that may be written",
        "fr": "un dossier accessible en écriture",
    },
    "a-host": {
        "en": "an address of this machine, or 0.0.0.0",
        "fr": "une adresse de cette machine, ou 0.0.0.0",
    },
    "addresses": {
        "en": "addresses, with commas between them",
        "fr": "des adresses, séparées par des virgules",
    },
    "origins": {
        "en": "https://host, without a path; commas between several",
        "fr": "https://hôte, sans chemin ; des virgules entre plusieurs",
    },
    "an-address": {"en": "https://host", "fr": "https://hôte"},
    "a-database": {
        "en": "postgresql://user:password@host/name",
        "fr": "postgresql://utilisateur:secret@hôte/nom",
    },
    "a-whole-number": {"en": "a whole number above 0", "fr": "un nombre entier, au-dessus de 0"},
    "seconds": {"en": "a number of seconds", "fr": "un nombre de secondes"},
    "delays": {
        "en": "at most 20 numbers of seconds, such as 1,4,15,60",
        "fr": "au plus 20 nombres de secondes, par exemple 1,4,15,60",
    },
    "replicas": {"en": "1, 3 or 5", "fr": "1, 3 ou 5"},
    "a-model": {
        "en": "offline, or a model that can be reached from here ({why})",
        "fr": "offline, ou un modèle que l'on peut joindre d'ici ({why})",
    },
    "a-key": {"en": "the provider's key", "fr": "la clé du fournisseur"},
    "a-price": {
        "en": "euros for a million tokens asked and answered, such as 0.15,0.60",
        "fr": "des euros par million de jetons demandés et répondus, par exemple 0.15,0.60",
    },
    "a-signing-key": {
        "en": "32 random bytes: `openssl rand -hex 32` makes them",
        "fr": "32 octets au hasard : « openssl rand -hex 32 » les donne",
    },
    "an-identity-key": {
        "en": "at least 64 hexadecimal digits; restore it from a backup, for another key would "
        "give every known company a new identity",
        "fr": "au moins 64 chiffres hexadécimaux ; reprenez-la d'une sauvegarde, car une autre clé "
        "donnerait à chaque entreprise connue une nouvelle identité",
    },
    "needed-in-production": {
        "en": "FILON_ENV=production requires it",
        "fr": "FILON_ENV=production l'exige",
    },
    "an-org": {
        "en": "1 to 64 letters, digits or hyphens",
        "fr": "1 à 64 lettres, chiffres ou tirets",
    },
    "an-email": {
        "en": "an e-mail address: a name, an @ and a domain",
        "fr": "une adresse e-mail : un nom, une @ et un domaine",
    },
    "a-password": {
        "en": "12 to 256 characters, and not just a few different ones",
        "fr": "12 à 256 caractères, et pas seulement quelques-uns",
    },
    "a-port": {"en": "a number from 1 to 65535", "fr": "un nombre de 1 à 65535"},
    "an-environment": {"en": "development or production", "fr": "development ou production"},
    "a-nats-url": {
        "en": "nats://host:port, or tls://host:port; commas between several",
        "fr": "nats://hôte:port, ou tls://hôte:port ; des virgules entre plusieurs",
    },
    "home-not-writable": {
        "en": "FILON_HOME={home} can't be written ({why}): "
        "choose a folder of your own with FILON_HOME",
        "fr": "FILON_HOME={home} n'est pas accessible en écriture ({why}) : "
        "choisissez un dossier à vous avec FILON_HOME",
    },
    "home-held": {
        "en": "FILON_HOME={home} is in use by another `filon up` (pid {pid}): stop it first, "
        "or choose another FILON_HOME",
        "fr": "FILON_HOME={home} est utilisé par un autre `filon up` (pid {pid}) : "
        "arrêtez-le d'abord, ou choisissez un autre FILON_HOME",
    },
    "port-taken": {
        "en": "Port {port} is taken by another program: stop it, or choose another port, "
        "for instance FILON_PORT={other}",
        "fr": "Le port {port} est pris par un autre programme : arrêtez-le, ou choisissez "
        "un autre port, par exemple FILON_PORT={other}",
    },
    "port-forbidden": {
        "en": "Port {port} may not be used ({why}): choose one above 1023, "
        "for instance FILON_PORT={other}",
        "fr": "Le port {port} n'est pas permis ({why}) : choisissez-en un au-dessus de 1023, "
        "par exemple FILON_PORT={other}",
    },
    "doctor-home": {
        "en": "FILON_HOME={home} can be written",
        "fr": "FILON_HOME={home} est accessible en écriture",
    },
    "doctor-idle": {"en": "Filon is not running", "fr": "Filon n'est pas lancé"},
    "doctor-own-port": {
        "en": "Port {port} is this Filon's",
        "fr": "Le port {port} est celui de ce Filon",
    },
    "doctor-port": {"en": "Port {port} is free", "fr": "Le port {port} est libre"},
    "doctor-alive": {"en": "{name} runs", "fr": "{name} tourne"},
    "doctor-dead": {"en": "{name} does not run", "fr": "{name} ne tourne pas"},
    "doctor-reached": {"en": "{what} answers", "fr": "{what} répond"},
    "doctor-unreached": {"en": "{what} does not answer", "fr": "{what} ne répond pas"},
    "nats-missing": {
        "en": "nats-server was not found: install it, or set FILON_NATS_URL",
        "fr": "nats-server est introuvable : installez-le, ou donnez FILON_NATS_URL",
    },
}


class CannotStart(Exception):
    """Something outside Filon must be put right first; the sentence says what."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def sentence(self, language: Language) -> str:
        return say(self.code, language, **self.params)

    @property
    def status(self) -> int:
        """The process's exit status."""
        return os.EX_CONFIG if self.code == "wrong-settings" else 1


def unusable(refusal: UnusableSetting, language: Language) -> str:
    """What is wrong with the setting, and what would be right."""
    expected = say(refusal.expected, language, **refusal.params)
    code = "setting-hidden" if refusal.value is None else "setting"
    return say(code, language, setting=refusal.setting, value=refusal.value, expected=expected)


def language(environment: Mapping[str, str] = os.environ) -> Language:
    """The terminal's language, by POSIX's order of precedence; English unless it is French."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next(filter(None, names), "").startswith("fr") else "en"


def say(code: str, language: Language, **params: object) -> str:
    """The sentence."""
    return SENTENCES[code][language].format(**params)
