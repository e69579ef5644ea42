"""Codes put into words, in French and English."""

from collections.abc import Mapping
from typing import Literal

from services.wording.csv import WORDING as CSV_WORDING

Language = Literal["fr", "en"]

WORDING: dict[str, tuple[str, str]] = {
    **CSV_WORDING,
    # Refusals
    "CampaignNotFound": (
        "Cette campagne n'existe pas : vérifiez son identifiant.",
        "There is no such campaign; check its id.",
    ),
    "ProspectNotFound": (
        "Ce prospect n'existe pas : vérifiez son identifiant.",
        "There is no such prospect; check its id.",
    ),
    "AgentNotFound": (
        "Cet agent n'existe pas : vérifiez son identifiant.",
        "There is no such agent; check its id.",
    ),
    "Stale": (
        "Quelqu'un a modifié cette campagne entre-temps : relisez-la puis recommencez.",
        "Somebody else changed this campaign first; read it again.",
    ),
    "AlreadyStarted": (
        "La campagne a déjà été démarrée : mettez-la en pause, reprenez-la ou annulez-la.",
        "The campaign was started before; pause, resume or cancel it instead.",
    ),
    "NothingToRead": (
        "Aucune liste n'a été importée : importez un CSV ou choisissez une autre source.",
        "No list was imported yet; import a CSV or choose another source.",
    ),
    "NoSource": (
        "La campagne n'a pas de source : choisissez-en une avant de la démarrer.",
        "The campaign names no source; choose one before it starts.",
    ),
    "NotActive": (
        "Seule une campagne active le permet.",
        "Only an active campaign can do that.",
    ),
    "NotPaused": (
        "Seule une campagne en pause peut reprendre.",
        "Only a paused campaign can be resumed.",
    ),
    "CampaignEnded": (
        "La campagne est terminée ou annulée.",
        "The campaign is completed or cancelled.",
    ),
    "NotADraft": (
        "Les sources ne se modifient que tant que la campagne est un brouillon.",
        "Sources can be changed while the campaign is a draft only.",
    ),
    "NotFailed": (
        "Seul un prospect en échec peut être relancé.",
        "Only a failed prospect can be retried.",
    ),
    "AgentAlreadyRunning": ("L'agent est déjà au travail.", "The agent is already at work."),
    "AgentNotRunning": ("L'agent n'est pas au travail.", "The agent is not at work."),
    "TooManyConflicts": (
        "Trop de modifications simultanées : réessayez.",
        "Others kept changing this at the same moment; try again.",
    ),
    # Agents
    "agent.researcher": ("Chercheur", "Researcher"),
    "agent.qualifier": ("Qualificateur", "Qualifier"),
    "source.sample": ("échantillon", "sample"),
    "source.csv": ("fichier CSV", "CSV file"),
    "source.companies": ("annuaire des entreprises", "French company search"),
    "activity.reading": (
        "Lit la source « {source} », page {page}",
        "Reading the source “{source}”, page {page}",
    ),
    "activity.read": (
        "A lu la source « {source} » : {found} prospects trouvés",
        "Read the source “{source}”: {found} prospects found",
    ),
    "activity.exhausted": ("A tout lu", "Has read everything"),
    "activity.scoring": ("Qualifie un prospect", "Qualifying a prospect"),
    "activity.scored": ("A noté un prospect : {score}/100", "Scored a prospect: {score}/100"),
    "activity.failed": ("N'a pas pu qualifier un prospect", "Could not qualify a prospect"),
    "activity.retrying": (
        "Réessaie dans {seconds} s ({attempt}ᵉ échec)",
        "Trying again in {seconds} s (failure {attempt})",
    ),
    # Scores
    "score.activity.match": ("Activité {activity} recherchée", "Activity {activity} is asked for"),
    "score.activity.section": (
        "Activité {activity} dans une section recherchée",
        "Activity {activity} lies in a section asked for",
    ),
    "score.activity.division": (
        "Activité {activity} proche de celle recherchée",
        "Activity {activity} is close to the one asked for",
    ),
    "score.activity.other": (
        "Activité {activity} non recherchée",
        "Activity {activity} is not asked for",
    ),
    "score.activity.unknown": ("Activité inconnue", "Activity unknown"),
    "score.headcount.match": (
        "Effectif {headcount} recherché",
        "Headcount {headcount} is asked for",
    ),
    "score.headcount.near": (
        "Effectif {headcount} proche de celui recherché",
        "Headcount {headcount} is close to the one asked for",
    ),
    "score.headcount.other": (
        "Effectif {headcount} non recherché",
        "Headcount {headcount} is not asked for",
    ),
    "score.headcount.unknown": ("Effectif inconnu", "Headcount unknown"),
    "score.place.match": ("{postalCode} : lieu recherché", "{postalCode}: a place asked for"),
    "score.place.near": (
        "{postalCode} : près d'un lieu recherché",
        "{postalCode}: near a place asked for",
    ),
    "score.place.other": (
        "{postalCode} : hors des lieux recherchés",
        "{postalCode}: not a place asked for",
    ),
    "score.place.unknown": ("Lieu inconnu", "Place unknown"),
    "score.role.match": (
        "« {title} » : fonction recherchée",
        "“{title}”: a job title asked for",
    ),
    "score.role.seniority": (
        "« {title} » : niveau hiérarchique recherché",
        "“{title}”: a seniority asked for",
    ),
    "score.role.other": (
        "« {title} » : fonction non recherchée",
        "“{title}”: not a job title asked for",
    ),
    "score.role.unknown": ("Fonction du contact inconnue", "The contact's role is unknown"),
    "score.reachability.ways": ("Joignable : {ways}", "Reachable: {ways}"),
    "score.reachability.none": ("Aucun moyen de contact connu", "No way to reach it is known"),
    "way.email": ("e-mail", "e-mail"),
    "way.phone": ("téléphone", "phone"),
    "way.website": ("site web", "website"),
    # Failures
    "failure.model": (
        "Le modèle de langage n'a pas répondu correctement : {reason}",
        "The language model gave no proper answer: {reason}",
    ),
    "failure.source": (
        "La source « {source} » ne répond pas : {reason}",
        "The source “{source}” does not answer: {reason}",
    ),
    "failure.budget": (
        "Budget épuisé : {tokens} jetons consommés. Augmentez-le puis relancez l'agent.",
        "The budget is spent: {tokens} tokens used. Raise it, then start the agent again.",
    ),
    "failure.budget-euros": (
        "Budget épuisé : {euros} € dépensés. Augmentez-le puis relancez l'agent.",
        "The budget is spent: €{euros}. Raise it, then start the agent again.",
    ),
    "failure.price": (
        "Le prix du modèle est inconnu, le budget en euros ne peut être tenu : indiquez "
        "FILON_MODEL_PRICE, ou retirez ce budget.",
        "The model's price is not known, so a budget in euros can't be kept: set "
        "FILON_MODEL_PRICE, or take that budget away.",
    ),
    "failure.unexpected": (
        "Une erreur inattendue s'est produite ({reason}) : réessayez.",
        "Something unexpected went wrong ({reason}); try again.",
    ),
    "reason.timeout": ("il n'a pas répondu à temps", "it did not answer in time"),
    "reason.unreachable": ("injoignable", "it can't be reached"),
    "reason.refused-answer": (
        "ses réponses citent ce qui n'est pas écrit",
        "its answers quote what is not written",
    ),
    "reason.error": ("il a signalé une erreur", "it reported an error"),
    "reason.rejected": ("elle refuse la recherche", "it refuses the search"),
    "reason.unsupported": ("elle n'est pas prise en charge", "it is not supported"),
    "reason.crash": ("le travail a arrêté le processus", "the work stopped its process"),
    # Import
    "import.erased": (
        "Cette entreprise a été effacée à sa demande.",
        "This company was erased at its request.",
    ),
    "import.excluded": (
        "Cette entreprise est exclue par le ciblage de la campagne.",
        "The campaign's targeting excludes this company.",
    ),
}

_NAMED = {"source": "source.{}", "role": "agent.{}", "reason": "reason.{}"}


def render(code: str, params: Mapping[str, str], language: Language) -> str:
    """The words for a code; a code that a newer version wrote is shown as it is."""
    pair = WORDING.get(code)
    if pair is None:
        return code
    words = {name: _word(name, value, language) for name, value in params.items()}
    return pair[language == "en"].format_map(_Blank(words))


def _word(name: str, value: str, language: Language) -> str:
    if name == "ways":
        return ", ".join(render(f"way.{way}", {}, language) for way in value.split(","))
    key = _NAMED.get(name, "").format(value)
    return render(key, {}, language) if key in WORDING else value


class _Blank(dict[str, str]):
    """A parameter that was not given reads as an ellipsis rather than failing a reader."""

    def __missing__(self, key: str) -> str:
        return "…"
