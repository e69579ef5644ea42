"""What the supervisor says to the person at the terminal, in French and in English."""

from collections.abc import Mapping
from typing import Literal

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
    "a-port": {"en": "a number from 1 to 65535", "fr": "un nombre de 1 à 65535"},
    "an-environment": {"en": "development or production", "fr": "development ou production"},
    "a-nats-url": {
        "en": "nats://host:port, or tls://host:port",
        "fr": "nats://hôte:port, ou tls://hôte:port",
    },
    "a-count": {"en": "a number from 1 to 64", "fr": "un nombre de 1 à 64"},
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


def language(environment: Mapping[str, str]) -> Language:
    """The terminal's language, by POSIX's order of precedence; English unless it is French."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next(filter(None, names), "").startswith("fr") else "en"


def say(code: str, language: Language, **params: object) -> str:
    """The sentence; a parameter that is itself a code of this module is said too."""
    said = {
        name: SENTENCES[value][language] if isinstance(value, Expected) else value
        for name, value in params.items()
    }
    return SENTENCES[code][language].format(**said)


class Expected(str):
    """A parameter that is a code of this module."""
