"""毕业照片: both photos of one's own status record, what CHSI says of them, until when, and what to do."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

from biye.accounts.core.permissions import Permission
from biye.accounts.core.roles import Role
from biye.photos.queries.student_photos import StudentPhotos, photos_of
from biye.seasons.core.school import LeadTime, Office
from biye.seasons.core.season import CalendarEntry
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import SeasonRow, calendar, newest_season, season_file
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.student.conclusion import own

# What a season's calendar calls the moment by which photos must be there.
DEADLINE = "photo"


@dataclass(frozen=True, slots=True)
class PhotoDeadline:
    """照片截止: the calendar's entry, its clause and office, and the steps that no longer fit into the time left."""

    entry: CalendarEntry
    is_past: bool
    is_within_the_day: bool
    clause: str
    office: Office | None
    too_late: tuple[LeadTime, ...]


@page(Permission.SEE_PHOTOS)
def photo(request: PageRequest) -> HttpResponse:
    """毕业照片."""
    card, season = own(request), newest_season(request.asker)
    photos = existing(photos_of(request.asker, card.student_no))
    context = {
        "card": card,
        "photos": photos,
        "tone": tone(photos),
        "deadline": deadline_of(season, request.at),
        "own_seats": sum(seat.role is Role.STUDENT for seat in request.seats),
    }
    return show(request, "student/photo.html", "photo", context, season=season)


def tone(photos: StudentPhotos) -> str:
    """The colour of CHSI's words: red only where they say no, amber where nobody knows yet."""
    words = school().photo.comparison
    if photos.comparison in words.passed or photos.state.is_settled:
        return "jade"
    return "urgent" if photos.comparison in words.failed or photos.at_chsi is False else "amber"


def deadline_of(season: SeasonRow | None, at: datetime) -> PhotoDeadline | None:
    """The season's deadline for photos; None where it has none."""
    found = None if season is None else next((one for one in calendar(season.stem, at) if one.id == DEADLINE), None)
    if season is None or found is None:
        return None
    entry = found.entry
    short = {document.id: document.short for document in season_file(season.stem).documents}
    local = timezone.localtime(entry.until)
    days_left = (entry.until - at).days
    return PhotoDeadline(
        entry=entry,
        is_past=found.is_past,
        is_within_the_day=(local.hour, local.minute) != (0, 0),
        clause=short.get(entry.source.document, "") + entry.source.clause,
        office=school().offices.get(entry.office or ""),
        too_late=tuple(one for one in school().photo.lead_times if one.days > days_left),
    )
