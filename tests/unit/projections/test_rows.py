"""A view as a row that both databases take."""

from datetime import UTC, datetime

from events.company import Company
from events.prospect import PublicProspect
from projections.prospects import ProspectView
from projections.rows import prospect_row

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_a_nul_in_a_source_stays_in_the_view_alone_where_it_is_escaped() -> None:
    """PostgreSQL's texts can't hold it, and one such company would stop the projector."""
    company = Company(name="Imagin\0aire", city="Par\0is")
    shown = PublicProspect.of(company, id="p1-x", campaign_id="c", status="found", found_at=NOW)
    row = prospect_row("acme", ProspectView.model_validate(shown.model_dump()))
    assert row["name"] == "imaginaire"
    assert str(row["words"]).split() == ["imaginaire", "imaginaire", "paris"]
    assert not any("\0" in value for value in row.values() if isinstance(value, str))
