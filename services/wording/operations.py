"""What the tools of the log say, in French and English."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["fr", "en"]

_WORDS: dict[str, tuple[str, str]] = {
    "python": ("Python {version}", "Python {version}"),
    "server": ("{version}", "{version}"),
    "version": (
        "nats-server {version} (il faut au moins {oldest} : mettez-le à jour s'il est plus ancien)",
        "nats-server {version} (at least {oldest} is needed: upgrade an older one)",
    ),
    "durability-unknown": (
        "Écriture sur disque inconnue : donnez --monitor http://serveur:8222 pour la vérifier",
        "When it writes to disk is unknown: give --monitor http://server:8222 to check it",
    ),
    "durability": (
        "Écriture sur disque toutes les {seconds} s : il faut « sync_interval: always » sur un "
        "serveur seul, sinon une coupure de courant perd des événements confirmés",
        "Writes to disk every {seconds} s: a single server needs `sync_interval: always`, or a "
        "power cut loses acknowledged events",
    ),
    "durable": ("Écrit sur disque avant de confirmer", "Writes to disk before it acknowledges"),
    "no-stream": (
        "Le flux {stream} n'existe pas : « filon up » le crée",
        "There is no stream {stream}: `filon up` creates it",
    ),
    "configuration": (
        "{name} vaut {found} ; il faut {expected} (nats stream edit)",
        "{name} is {found}; it must be {expected} (nats stream edit)",
    ),
    "no-metadata": (
        "La métadonnée {name} manque : lancez « filon log new-epoch »",
        "The metadata {name} is missing: run `filon log new-epoch`",
    ),
    "other-writers": (
        "Le flux en recopie un autre : seul Filon doit y écrire",
        "The stream copies another: nobody but Filon must write to it",
    ),
    "replicas": (
        "{replicas} copie(s) : 1 seule, ou un nombre impair (3) dans une grappe",
        "{replicas} replica(s): one, or an odd number (three) in a cluster",
    ),
    "no-limit": (
        "Pas de max_bytes : un disque plein peut tronquer un ajout confirmé ; fixez une limite "
        "plus petite que le disque",
        "No max_bytes: a full disk may cut an acknowledged append short; set a limit that is "
        "smaller than the disk",
    ),
    "room": ("{used} octets sur {limit}", "{used} bytes of {limit}"),
    "may-append": ("Peut écrire sur {subject}", "May publish to {subject}"),
    "may-not-append": (
        "Ne peut pas écrire sur {subject} : accordez « publish » sur {subject} et « subscribe » "
        "sur _INBOX.>",
        "May not publish to {subject}: grant `publish` on {subject} and `subscribe` on _INBOX.>",
    ),
    "saved": ("Sauvegardé : {stream}", "Saved: {stream}"),
    "saved-before": ("Déjà sauvegardé : {stream}", "Saved before: {stream}"),
    "complete": (
        "{folder} contient déjà une sauvegarde complète : choisissez un autre dossier",
        "{folder} holds a whole backup already: choose another folder",
    ),
    "no-backup": ("Aucune sauvegarde dans {folder}", "There is no backup in {folder}"),
    "left-alone": (
        "{stream} existe déjà sur le serveur : laissé tel quel",
        "{stream} is on the server already: left alone",
    ),
    "refused": ("Le serveur NATS a refusé : {why}", "The NATS server refused: {why}"),
    "file": ("{file} : {why}", "{file}: {why}"),
    "no-monitor": (
        "Aucune surveillance de nats-server ne répond à {url}",
        "No monitoring of a nats-server answers at {url}",
    ),
    "restored": ("Restauré : {stream}", "Restored: {stream}"),
    "damaged": (
        "La sauvegarde est abîmée, rien n'a été fait : {stream}",
        "The backup is damaged, nothing was done: {stream}",
    ),
    "epoch": ("Nouvelle époque : {epoch}", "New epoch: {epoch}"),
    "rebuilt": (
        "Les vues sont à jour jusqu'au numéro {sequence} du journal",
        "The read models hold the log up to sequence {sequence}",
    ),
    "may-sign-in": (
        "{email} peut se connecter à {org} ({role}) ; base de données : {database}",
        "{email} may sign in to {org} as {role}; database: {database}",
    ),
    "no-database": (
        "Aucune base de données en {file} : lancez Filon, ou nommez son dossier dans FILON_HOME",
        "There is no database at {file}: start Filon, or name its folder in FILON_HOME",
    ),
    "database": (
        "La base de données est inutilisable : {why}",
        "The database can't be used: {why}",
    ),
    "no-such-org": (
        "L'organisation {org} n'existe pas ; il y a : {known}. --new-org la crée",
        "There is no organisation {org}; there are: {known}. --new-org makes it",
    ),
    "no-org-yet": (
        "L'organisation {org} n'existe pas, ni aucune autre. --new-org la crée",
        "There is no organisation {org}, nor any other. --new-org makes it",
    ),
    "email-taken": ("{email} a déjà un compte", "{email} has an account already"),
    "unreachable": (
        "Aucun serveur NATS ne répond à {url}",
        "No NATS server answers at {url}",
    ),
}


def render(code: str, params: Mapping[str, object], language: Language) -> str:
    """Raises `KeyError` for a code that nobody put in words."""
    french, english = _WORDS[code]
    return (french if language == "fr" else english).format(**params)
