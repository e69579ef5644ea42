"""Whom a campaign looks for."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from events.fact import Value

HEADCOUNT_BANDS = {
    "NN": "0", "00": "0", "01": "1-2", "02": "3-5", "03": "6-9", "11": "10-19", "12": "20-49",
    "21": "50-99", "22": "100-199", "31": "200-249", "32": "250-499", "41": "500-999",
    "42": "1000-1999", "51": "2000-4999", "52": "5000-9999", "53": "10000+",
}  # fmt: skip
"""INSEE's headcount bands (tranche d'effectif salarié), smallest first."""

HeadcountBand = Literal[
    "NN", "00", "01", "02", "03", "11", "12", "21", "22", "31", "32", "41", "42", "51", "52", "53"
]
NafCode = Annotated[str, StringConstraints(pattern=r"^\d{2}(\.\d{1,2}[A-Z]?)?$")]
NafSection = Annotated[str, StringConstraints(pattern=r"^[A-U]$")]
NafSection2025 = Annotated[str, StringConstraints(pattern=r"^[A-V]$")]
Departement = Annotated[
    str, StringConstraints(pattern=r"^(0[1-9]|[1345678]\d|2[1-9AB]|9[0-5]|97[1-8]|98[4678])$")
]
Region = Annotated[str, StringConstraints(pattern=r"^\d{2}$")]
PostalCode = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
Siren = Annotated[str, StringConstraints(pattern=r"^\d{9}$")]
Category = Literal["PME", "ETI", "GE"]
Seniority = Literal["founder", "executive", "director", "manager", "staff"]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class Targeting(Value):
    """The companies and people that a campaign wants to reach; what is left empty is not asked."""

    activities: tuple[NafCode, ...] = Field((), examples=[["62.01Z"]])
    """NAF codes, whole (`62.01Z` of rév. 2, `62.10Y` of 2025) or the start of one (`62`), which is
    of rév. 2 where that has it."""
    sections: tuple[NafSection, ...] = Field((), examples=[["J"]])
    """NAF rév. 2 sections, `A` to `U`."""
    sections_2025: tuple[NafSection2025, ...] = Field((), exclude_if=lambda sections: not sections)
    """NAF 2025 sections, `A` to `V`, whose letters from `J` on mean something else; not written
    where none is asked."""
    departements: tuple[Departement, ...] = ()
    regions: tuple[Region, ...] = ()
    """INSEE region codes."""
    postal_codes: tuple[PostalCode, ...] = ()
    headcount_bands: tuple[HeadcountBand, ...] = ()
    categories: tuple[Category, ...] = ()
    job_titles: tuple[Words, ...] = ()
    seniorities: tuple[Seniority, ...] = ()
    exclude_sirens: tuple[Siren, ...] = ()
    exclude_domains: tuple[Words, ...] = ()
    max_prospects: int | None = Field(None, ge=1, le=1_000_000, strict=True)

    @property
    def asks(self) -> bool:
        """Whether there is anything to score by: whom to leave out, how many, and a category, which
        no rule scores, are no criterion."""
        activities = self.activities or self.sections or self.sections_2025
        places = self.departements or self.regions or self.postal_codes
        companies = activities or self.headcount_bands
        return bool(companies or places or self.job_titles or self.seniorities)
