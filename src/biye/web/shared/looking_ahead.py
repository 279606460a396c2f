"""某时刻: staff may look at a page as it would be at another moment; whatever is done is done now."""

from datetime import datetime, timedelta

from django.utils.timezone import get_current_timezone

from biye.accounts.core.roles import Role
from biye.web.shared.pages import PageRequest

QUESTION = "moment"
SHAPE = "%Y-%m-%dT%H:%M"


def moment_asked(request: PageRequest) -> datetime | None:
    """The moment in the address; None where there is none, or for students, who live in the present."""
    text = request.GET.get(QUESTION, "")
    if not text or request.asker.role is Role.STUDENT:
        return None
    try:
        return datetime.strptime(text, SHAPE).replace(tzinfo=get_current_timezone())
    except ValueError:
        return None


def looked_at(request: PageRequest) -> datetime:
    """The moment by which a page tells time."""
    return moment_asked(request) or request.at


def as_asked(moment: datetime, later: timedelta = timedelta()) -> str:
    """A moment as an address says it."""
    return (moment + later).astimezone(get_current_timezone()).strftime(SHAPE)
