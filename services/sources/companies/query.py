"""What a targeting asks of the company search, cut into parts that it can answer in full."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from events.company import Nomenclature
from events.targeting import Targeting
from services.french.activities import (
    asks_activity,
    codes_asked,
    codes_of_sections,
    in_nomenclature,
)
from services.french.naf import SECTIONS
from services.french.place_names import COLLECTIVITY_NAMES, DEPARTEMENT_NAMES
from services.french.places import REGIONS

MOST_RESULTS = 10_000
"""The service shows no more of any query, and counts no further."""
PER_PAGE = 25
MOST_PAGES = MOST_RESULTS // PER_PAGE

_DEPARTEMENTS = tuple(sorted(DEPARTEMENT_NAMES | COLLECTIVITY_NAMES))
_GROUPS = 10
_LETTERS = tuple(name for name, *_ in SECTIONS)


@dataclass(frozen=True, slots=True)
class Query:
    """Field names are the service's; an empty one is not asked."""

    activite_principale: tuple[str, ...] = ()
    section_activite_principale: tuple[str, ...] = ()
    tranche_effectif_salarie: tuple[str, ...] = ()
    categorie_entreprise: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    departement: tuple[str, ...] = ()
    code_postal: tuple[str, ...] = ()

    @property
    def asks_place(self) -> bool:
        return bool(self.region or self.departement or self.code_postal)

    def params(self, page: int) -> dict[str, str]:
        asked = {field.name: ",".join(getattr(self, field.name)) for field in fields(self)}
        return {name: values for name, values in asked.items() if values} | {
            "etat_administratif": "A",
            "minimal": "true",
            "include": "siege,dirigeants,finances,matching_etablissements",
            "page": str(page),
            "per_page": str(PER_PAGE),
        }


def queries(targeting: Targeting, nomenclature: Nomenclature) -> list[Query]:
    """All of these together: the service wants every parameter met at once, where a targeting is
    content with one of its activities or sections, and with one of its places.

    `nomenclature` is the one whose codes the service knows."""
    base = Query(
        tranche_effectif_salarie=targeting.headcount_bands,
        categorie_entreprise=targeting.categories,
    )
    activities = _activities(targeting, nomenclature)
    if asks_activity(targeting) and not any(activities.values()):
        return []  # nothing that the service knows, which is not the same as anything
    return [
        replace(base, **activity, **place)
        for activity in _alternatives(**activities)
        for place in _alternatives(
            region=targeting.regions,
            departement=targeting.departements,
            code_postal=targeting.postal_codes,
        )
    ]


def _activities(targeting: Targeting, nomenclature: Nomenclature) -> dict[str, tuple[str, ...]]:
    codes = codes_asked(targeting, nomenclature)
    sections = targeting.sections
    if nomenclature == "NAF2025":  # whose letters mean something else
        codes += in_nomenclature(codes_of_sections(sections), nomenclature)
        sections = ()
    return {
        "activite_principale": tuple(dict.fromkeys(codes)),
        "section_activite_principale": sections,
    }


def _alternatives(**asked: tuple[str, ...]) -> list[dict[str, tuple[str, ...]]]:
    return [{name: values} for name, values in asked.items() if values] or [{}]


def split(query: Query) -> list[Query]:
    """Smaller queries that together find the same; none when it can't be cut any further.

    By département first, then by what was asked, one value each, then by postal code. (A handful
    of villages have the neighbouring département's postal codes: their companies are missed where
    a single département holds too many for one activity.)
    """
    return (
        [*_by_departement(query)]
        or [*_by_value(query)]
        or [*_by_postal_code(query)]
        or [*_by_section(query)]
    )


def _by_departement(query: Query) -> Iterator[Query]:
    if query.code_postal or len(query.departement) == 1:
        return
    asked = query.departement or _DEPARTEMENTS
    if query.region:
        asked = tuple(d for region in query.region for d in REGIONS.get(region, ()))
    for departement in asked:
        yield replace(query, region=(), departement=(departement,))


def _by_value(query: Query) -> Iterator[Query]:
    for field in fields(query)[:4]:
        values = getattr(query, field.name)
        if len(values) > 1:
            for value in values:
                yield replace(query, **{field.name: (value,)})
            return


def _by_postal_code(query: Query) -> Iterator[Query]:
    codes: Sequence[str] = query.code_postal
    if not codes and query.departement:
        start = query.departement[0][:2].replace("2A", "20").replace("2B", "20")  # 978: 97150
        codes = [f"{start}{n:03d}" for n in range(1000)]
    if len(codes) > 1:
        size = -(-len(codes) // _GROUPS)
        for at in range(0, len(codes), size):
            yield replace(query, code_postal=tuple(codes[at : at + size]))


def _by_section(query: Query) -> Iterator[Query]:
    if not query.activite_principale and not query.section_activite_principale:
        yield from (replace(query, section_activite_principale=(s,)) for s in _LETTERS)
