"""What the edge itself tells people, in French and English."""

from collections.abc import Mapping

from services.wording.domain import WORDING as DOMAIN
from services.wording.domain import Language, render

TITLES: dict[int, tuple[str, str]] = {
    400: ("Requête invalide", "Bad request"),
    401: ("Connexion nécessaire", "Sign-in needed"),
    403: ("Interdit", "Forbidden"),
    404: ("Introuvable", "Not found"),
    405: ("Méthode non permise", "Method not allowed"),
    409: ("Impossible dans cet état", "Conflict"),
    412: ("Version dépassée", "Stale version"),
    413: ("Trop volumineux", "Too large"),
    415: ("Type de contenu non pris en charge", "Unsupported content type"),
    422: ("Données refusées", "Unprocessable content"),
    429: ("Trop de tentatives", "Too many requests"),
    500: ("Erreur du serveur", "Server error"),
    503: ("Indisponible pour l'instant", "Unavailable for now"),
}

PROBLEMS: dict[str, tuple[str, str]] = {
    "BadRequest": ("La requête est mal formée.", "The request is malformed."),
    "MalformedJson": (
        "Le corps n'est pas du JSON valide : {reason}.",
        "The body is no valid JSON: {reason}.",
    ),
    "MalformedCursor": (
        "Ce curseur n'en est pas un : renvoyez-le tel que reçu.",
        "This is no cursor; send one exactly as it was received.",
    ),
    "MalformedIfMatch": (
        'If-Match porte l\'ETag reçu, par exemple « "3" ».',
        'If-Match holds the ETag as received, for example "3".',
    ),
    "MalformedIdempotencyKey": (
        "Idempotency-Key compte 1 à 255 caractères ASCII visibles.",
        "Idempotency-Key has 1 to 255 visible ASCII characters.",
    ),
    "SignInNeeded": (
        "Connectez-vous : il manque un jeton Bearer ou le cookie de session.",
        "Sign in: a Bearer token or the session cookie is missing.",
    ),
    "InvalidToken": (
        "Ce jeton n'est pas valable : reconnectez-vous.",
        "This token is not valid; sign in again.",
    ),
    "ExpiredToken": ("La session a expiré : reconnectez-vous.", "The session expired; sign in."),
    "RevokedToken": (
        "La session est terminée : reconnectez-vous.",
        "The session was ended; sign in again.",
    ),
    "WrongCredentials": (
        "E-mail ou mot de passe incorrect.",
        "Wrong e-mail address or password.",
    ),
    "ForbiddenOrigin": (
        "Cette page ({origin}) n'est pas autorisée à agir avec le cookie de session : ajoutez son "
        "origine à FILON_ALLOWED_ORIGINS.",
        "This page ({origin}) may not act with the session cookie; add its origin to "
        "FILON_ALLOWED_ORIGINS.",
    ),
    "RoleNeeded": (
        "Il faut le rôle {role} pour cela ; le vôtre est {own}.",
        "This takes the role {role}; yours is {own}.",
    ),
    "NotFound": ("Il n'y a rien à cette adresse.", "There is nothing at this address."),
    "MethodNotAllowed": (
        "Cette adresse n'accepte que {allowed}.",
        "This address takes {allowed} only.",
    ),
    "OtherEpoch": (
        "Ce curseur vient d'une autre histoire du journal : relisez tout, puis reprenez du curseur "
        "reçu.",
        "This cursor is of another history of the log; read everything again and go on from the "
        "cursor that you receive.",
    ),
    "CursorExpired": (
        "Ce qui suit ce curseur n'est plus gardé en entier : relisez tout.",
        "What follows this cursor is no longer kept in full; read everything again.",
    ),
    "TooLarge": (
        "Le corps dépasse {limit} : envoyez-le en plusieurs fois.",
        "The body is larger than {limit}; send it in parts.",
    ),
    "JsonExpected": (
        "Envoyez du JSON, avec Content-Type: application/json.",
        "Send JSON, with Content-Type: application/json.",
    ),
    "MultipartExpected": (
        "Envoyez le CSV en multipart/form-data, dans le champ « file ».",
        "Send the CSV as multipart/form-data, in the field “file”.",
    ),
    "BrokenUpload": (
        "L'envoi a été coupé : rien n'a été importé, renvoyez le fichier.",
        "The upload was cut; nothing was imported, send the file again.",
    ),
    "NotCsv": (
        "Ce fichier n'est pas une liste d'entreprises en CSV.",
        "This file is no CSV list of companies.",
    ),
    "InvalidFields": (
        "Certains champs sont à corriger : {fields}.",
        "Some fields need correcting: {fields}.",
    ),
    "KeyReused": (
        "Cette Idempotency-Key a servi à une autre requête : prenez-en une nouvelle.",
        "This Idempotency-Key was used for another request; take a new one.",
    ),
    "SlowDown": (
        "Trop de tentatives : réessayez dans {seconds} s.",
        "Too many attempts; try again in {seconds} s.",
    ),
    "TooManyConnections": (
        "Ce compte a trop de connexions ouvertes : fermez-en une.",
        "This account has too many connections; close one.",
    ),
    "InvalidSubscription": (
        "Cet abonnement ne peut pas être servi : {reason}.",
        "This subscription can't be served: {reason}.",
    ),
    "ServerError": (
        "Erreur inattendue, consignée sous {correlation} : réessayez.",
        "Unexpected error, logged as {correlation}; try again.",
    ),
    "LogUnavailable": (
        "Le journal des faits ne répond pas : réessayez dans quelques secondes.",
        "The log of facts does not answer; try again in some seconds.",
    ),
    "LogFull": (
        "Le journal des faits est plein ; rien n'a été enregistré. Prévenez l'exploitant.",
        "The log of facts is full; nothing was recorded. Tell the operator.",
    ),
    "ReadModelsUnavailable": (
        "Les données de lecture ne sont pas prêtes : réessayez dans quelques secondes.",
        "The read models are not ready; try again in some seconds.",
    ),
    "ReadModelsBehind": (
        "Les données de lecture n'ont pas encore atteint ce curseur : réessayez.",
        "The read models have not reached this cursor yet; try again.",
    ),
    "StreamStopped": (
        "Ce serveur ne sait pas lire le fait suivant du journal : mettez-le à jour.",
        "This server can't read the next fact of the log; bring it up to date.",
    ),
    "Draining": ("Ce serveur s'arrête : réessayez.", "This server is stopping; try again."),
}

FIELDS: dict[str, tuple[str, str]] = {
    "source.notYet": (
        "La source « web » n'existe pas encore : choisissez sample, csv ou companies.",
        "The source “web” does not exist yet; choose sample, csv or companies.",
    ),
    "asOf.notYet": (
        "Le passé d'une liste ne se demande pas encore : retirez asOf ou demandez un prospect.",
        "The past of a list can't be asked for yet; leave asOf out, or ask for one prospect.",
    ),
    "asOf.invalid": (
        "Attendu : un instant ISO avec son décalage (2026-11-24T09:30:00Z), ou un curseur.",
        "Expected: an ISO instant with its offset (2026-11-24T09:30:00Z), or a cursor.",
    ),
    "types.unknown": (
        "Noms de faits connus : {expected}.",
        "Known names of facts: {expected}.",
    ),
    "file.missing": (
        "Joignez le CSV dans le champ « file ».",
        "Attach the CSV in the field “file”.",
    ),
}


def words(code: str, params: Mapping[str, str], language: Language) -> str:
    """The sentence for a problem's code, the edge's own or the domain's."""
    pair = PROBLEMS.get(code) or FIELDS.get(code)
    if pair is None:
        return render(code, params, language) if code in DOMAIN else code
    return pair[language == "en"].format_map(params)


def title(status: int, language: Language) -> str:
    return TITLES.get(status, TITLES[500])[language == "en"]
