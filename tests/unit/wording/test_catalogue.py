"""The catalogue against the whole tree: nothing missing, nothing left over, alike in French and
English."""

from typing import get_args

import pytest

from events.agent import AgentStatus, Role
from events.campaign import Source
from events.catalogue import FACTS
from events.company import How
from events.prospect import ProspectStatus
from events.targeting import Category, Seniority, Targeting
from services.accounts import Role as AccountRole
from services.edge.api.prospects_csv import COLUMNS
from services.edge.http.validation import HINTED
from services.french.naf import NAF_2025_CODES, NAF_CODES, section_of
from services.prospecting.campaign import CampaignStatus
from services.prospecting.errors import NotFound, Refused
from services.prospecting.scoring import WEIGHTS
from services.sources.csv.fields import Field
from services.wording import LANGUAGES
from services.wording.catalogue import catalogue, po_file
from tests.unit.wording.asked import CODED, asked_by_page, asked_by_services, page_prefixes


def options(literal: object) -> set[str]:
    return set(get_args(literal))


def refusals(kind: type[Refused] = Refused) -> set[str]:
    return {name for k in kind.__subclasses__() for name in (k.__name__, *refusals(k))}


DIVISIONS = {code[:2] for code in NAF_CODES}
EVIDENCE = {"headcountBand", "jobTitle"}
TARGETED = {field.alias or name for name, field in Targeting.model_fields.items()}
TYPED = TARGETED - {
    "headcountBands",
    "categories",
    "seniorities",
    "maxProspects",
    "sections",
    "sections2025",
}

MADE: dict[str, set[str]] = {
    "": refusals() - {NotFound.__name__} | {"ExpiredToken", "InvalidToken", "RevokedToken"},
    "title.": {"400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "429"}
    | {"500", "503"},
    "history.": {name for name in FACTS if name.startswith("Prospect")} | {"ProspectRetried"},
    "export.": set(COLUMNS),
    "export.status.": options(ProspectStatus),
    "column.": options(Field),
    "agent.": options(Role),
    "source.": options(Source) - {"web"},
    "way.": {"email", "phone", "website"},
    "reason.": {"timeout", "unreachable", "refused-answer", "error"}
    | {"rejected", "unsupported", "crash"}
    | {"busy", "cut", "declined", "too-long", "unavailable"},
    "invalid.pattern.": set(HINTED),
    "invalid.": CODED,
    "supervisor.": {"signal", "status"},
    "page.status.": options(CampaignStatus),
    "page.said.": options(CampaignStatus),
    "page.source.": options(Source) | {"sample.text", "csv.text", "companies.text"},
    "page.agent.": options(Role) | options(AgentStatus) | {"start", "stop"},
    "page.prospect.": options(ProspectStatus),
    "page.rule.": {*WEIGHTS},
    "page.how.": options(How) | {"offline"},
    "page.seniority.": options(Seniority),
    "page.headcount.": {"NN", "00"},
    "page.field.": options(Field) | EVIDENCE | {"foundAt", "source"},
    "page.form.": TARGETED - {"sections", "sections2025"} | {f"{name}.hint" for name in TYPED},
    "page.metrics.": {f"prospects{what}" for what in ("Found", "Scored", "Qualified", "Failed")},
    "page.connection.": {"live", "waiting", "off"},
    "page.action.": {"start", "pause", "resume"},
    "page.cancel.": {"title", "text", "yes", "no"},
    "page.column.": {"score", "name", "company", "activity", "city", "status"},
    "page.sort.": {"score", "-score", "-foundAt", "name"},
    "page.prospects.": {"previous", "next"},
    "page.people.": {"email", "org", "role", "since"},
    "page.people.role.": options(AccountRole),
    "page.people.act.": {"reset", "end", "remove", "demote"},
    "page.people.sure.": {
        f"{what}{text}" for what in ("end", "remove", "demote") for text in ("", ".text")
    },
    "page.people.language.": {*LANGUAGES},
    "page.account.": {"present", "next", "again"},
    "page.naf.division.": DIVISIONS,
    "page.naf.section.": {section_of(code) for code in NAF_CODES},
    "page.naf.section2025.": {section_of(code) for code in NAF_2025_CODES},
}
"""Codes that are put together where they are said: their beginning, and every end they may have."""

DYNAMIC = {prefix + end for prefix, ends in MADE.items() for end in ends}
FRENCH = catalogue("fr")


def test_every_code_that_is_asked_for_has_words() -> None:
    asked = asked_by_services().keys() | asked_by_page() | DYNAMIC
    assert sorted(asked - FRENCH.keys()) == []


def test_every_code_that_has_words_is_asked_for() -> None:
    asked = asked_by_services().keys() | asked_by_page() | DYNAMIC
    assert sorted(FRENCH.keys() - asked) == []


def test_every_prefix_that_a_script_completes_is_declared() -> None:
    assert sorted(page_prefixes() - MADE.keys()) == []


def test_every_parameter_of_a_sentence_is_given_where_it_is_asked_for() -> None:
    lacking = {
        code: FRENCH[code].parameters - given
        for code, given in asked_by_services().items()
        if given is not None and code in FRENCH and FRENCH[code].parameters - given
    }
    assert lacking == {}


def test_both_languages_have_the_same_codes_with_the_same_parameters() -> None:
    english = catalogue("en")
    assert [*FRENCH] == [*english]
    for code, sentence in FRENCH.items():
        assert sentence.parameters == english[code].parameters, code
        assert sentence.counter == english[code].counter, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_stands_once_and_says_something(language: str) -> None:
    lines = po_file("fr" if language == "fr" else "en").read_text().splitlines()
    codes = [line for line in lines if line.startswith("msgid ") and line != 'msgid ""']
    assert len(codes) == len(set(codes)) == len(FRENCH)
    for code, sentence in catalogue("fr" if language == "fr" else "en").items():
        assert all(form.source.strip() for form in sentence.forms), code


def test_what_is_counted_differs_in_one_and_many() -> None:
    for code, sentence in FRENCH.items():
        if sentence.counter:
            one, many = (form.source for form in sentence.forms)
            assert one != many, code


def test_the_page_is_given_no_format_that_it_does_not_know() -> None:
    for code, sentence in FRENCH.items():
        if code.startswith("page."):
            assert sentence.formats <= {"number"}, code


def test_a_category_of_company_is_its_own_name() -> None:
    assert options(Category) == {"PME", "ETI", "GE"}, "else the page needs words for it"
