"""Columns that say how a line is to be taken: closed, not to be spread, abroad, a person's."""

from collections.abc import Sequence

from services.sources.csv.columns import header_words
from services.sources.csv.fields import Field
from services.sources.csv.values import bare, is_true

_DIFFUSION = ("statutdiffusionunitelegale", "statutdiffusionetablissement", "statutdiffusion")
_STATE = ("etatadministratifunitelegale", "etatadministratifetablissement", "etatadministratif")
_COUNTRY = (
    "pays", "country", "codepays", "countrycode", "paysregion", "countryregion",
    "businesscountryregion", "addresscountry", "payspaysregionbureau", "paysregionbureau",
    "primaryaddresscountry", "billingcountry",
)  # fmt: skip
_COMPANY_COUNTRY = ("companycountry", "paysentreprise", "payssociete", "payssiege")
_IS_COMPANY = ("iscompany", "estsociete", "estunesociete", "iscompanyboolean")
_NO_EMAIL = (
    "desabonnetousemails", "desabonnetouslesemails", "unsubscribedfromallemail",
    "unsubscribedfromallemails",
)  # fmt: skip
"""HubSpot's: of its own mailings; the company stays, without that address."""
_STATUS = ("status", "statut", "emailstatus", "statutemail", "leadstatus", "contactstatus")
_MARKETING = ("marketingcontactstatus", "statutcontactmarketing")
_OUT = {
    "unsubscribed", "bounced", "do not contact", "opted out", "opt-out", "désabonné", "désabonnée",
    "non-marketing contact", "non-marketing", "non marketing", "contact non marketing", "cleaned",
}  # fmt: skip
_FRANCE = {"", "fr", "fra", "france", "république française", "250"}


class Marks:
    """Reads such columns of one file."""

    def __init__(self, headers: Sequence[str]) -> None:
        self._words = [header_words(header) for header in headers]

    def refusal(self, cells: Sequence[str]) -> str | None:
        """Why whoever is in this line is no prospect."""
        if any(value.upper() not in ("O", "") for value in self._said(cells, _DIFFUSION)):
            return "line.notPublic"
        if any(value.upper() in ("C", "F") for value in self._said(cells, _STATE)):
            return "line.closed"
        if any(value.casefold() in _OUT for value in self._said(cells, _STATUS + _MARKETING)):
            return "line.optedOut"
        return None

    def is_abroad(self, cells: Sequence[str]) -> bool:
        """By the company's country where a person's is said as well."""
        said = self._said(cells, _COMPANY_COUNTRY) or self._said(cells, _COUNTRY)
        return any(value.casefold() not in _FRANCE for value in said)

    def wants_no_email(self, cells: Sequence[str]) -> bool:
        return any(map(is_true, self._said(cells, _NO_EMAIL)))

    def settle(self, cells: Sequence[str], known: dict[Field, str]) -> None:
        """Takes back what such a column says was read wrongly."""
        persons = [v for v in self._said(cells, _IS_COMPANY) if v and not is_true(v)]
        if persons and "contact" not in known and (name := known.pop("name", "")):
            company, _, person = name.rpartition(", ")
            known["contact"] = person
            if company:
                known["name"] = company

    def _said(self, cells: Sequence[str], columns: Sequence[str]) -> list[str]:
        pairs = zip(self._words, cells, strict=False)
        return [bare(cell) for words, cell in pairs if words in columns]
