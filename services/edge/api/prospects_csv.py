"""A campaign's prospects as a spreadsheet reads them: a line for each contact."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from events.company import Contact
from events.fact import Value
from events.prospect import ProspectStatus
from events.targeting import HEADCOUNT_BANDS
from projections.prospects import ProspectView
from projections.queries import ProspectQuery, Sort
from services.edge.api.cells import phone_cell, safe
from services.edge.http.authentication import Viewer
from services.edge.http.queries import Read
from services.edge.http.responses import REFUSED, problems
from services.edge.schemas import ShownFactor
from services.wording import Language, render

router = APIRouter(prefix="/api/campaigns", tags=["campaigns"], responses=REFUSED)

COLUMNS = (
    "company", "siren", "score", "status", "reasons", "contact", "title", "email", "phone",
    "website", "activity", "headcount", "postalCode", "city", "foundAt", "recordId", "id",
)  # fmt: skip


class Selection(Value):
    """The filters and the order of the list, without its pages."""

    status: ProspectStatus | None = None
    min_score: int | None = Field(None, ge=0, le=100)
    q: str = Field("", max_length=200)
    sort: Sort = "-score"


@router.get(
    "/{campaign_id}/prospects.csv",
    responses={200: {"content": {"text/csv": {}}}, **problems(404)},
    response_class=StreamingResponse,
)
async def download_prospects(
    campaign_id: str, principal: Viewer, read: Read, asked: Annotated[Selection, Query()]
) -> StreamingResponse:
    """Those that the list's filters leave, best score first where nothing else is asked, a line for
    each contact; what lists said beside follows in columns of its own. Opens in Excel as it is."""
    campaign = await read.campaign(campaign_id)
    query = ProspectQuery(campaign_id=campaign_id, **dict(asked))

    def views() -> Iterator[ProspectView]:
        return read.models.all_prospects(principal.org, query)

    return StreamingResponse(
        _chunks(views, principal.language),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="filon-{campaign.id}.csv"'},
    )


def _chunks(views: Callable[[], Iterable[ProspectView]], language: Language) -> Iterator[bytes]:
    """About 64 KiB each. The prospects are gone through twice: the first time for the columns."""
    extra = [*dict.fromkeys(header for view in views() for header in view.extra)]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    buffer.write("\ufeff")
    named = [render(f"export.{name}", language=language) for name in COLUMNS]
    writer.writerow([*named, *map(safe, extra)])
    for view in views():
        beside = [view.extra.get(header, "") for header in extra]
        for contact in view.contacts or (Contact(),):
            cells = (*_cells(view, contact, language), *beside)
            writer.writerow([safe(cell) for cell in cells])
        if buffer.tell() > 64 * 1024:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _cells(view: ProspectView, contact: Contact, language: Language) -> Sequence[str]:
    factors = [ShownFactor.of(factor, language) for factor in view.factors]
    return (
        view.company,
        view.siren,
        "" if view.score is None else str(view.score),
        render(f"export.status.{view.status}", language=language),
        " | ".join(f"{f.reason} ({f.points}/{f.max})" for f in factors),
        contact.name,
        contact.title,
        contact.email,
        phone_cell(contact.phone),
        view.website,
        view.activity,
        _headcount(view.headcount_band, language),
        view.postal_code,
        view.city,
        view.found_at.strftime("%Y-%m-%d %H:%M"),
        contact.record_id or view.record_id,
        view.id,
    )


def _headcount(band: str, language: Language) -> str:
    """« 20 à 49 »: Excel makes a date of 10-19."""
    low, _, high = HEADCOUNT_BANDS.get(band, "").partition("-")
    if high:
        return render("export.headcount.band", {"low": low, "high": high}, language)
    if low.endswith("+"):
        return render("export.headcount.more", {"low": low.removesuffix("+")}, language)
    return low
