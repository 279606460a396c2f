"""更正的结果: what was corrected for a student, and what it did to the conclusion."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import within
from biye.casework.core.told import Told
from biye.casework.models.case import Case
from biye.casework.models.follow_up import FollowUp


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """更正的一项: `done_at` None while the student is still to be audited again."""

    case_id: int
    what: str
    before: str
    after: str
    at: datetime
    done_at: datetime | None
    is_compared: bool
    told: tuple[Told, ...]


def follow_ups_of(asker: Asker, season_id: int, student_no: str) -> tuple[FollowUpView, ...]:
    """Every correction of one student in a season, newest first."""
    cases = within(asker, Case.objects.filter(season_id=season_id, student__student_no=student_no))
    return tuple(_view(one) for one in FollowUp.objects.filter(case__in=cases))


def follow_ups_of_case(asker: Asker, case_ids: Collection[int]) -> tuple[FollowUpView, ...]:
    """What became of these cases' figures."""
    cases = within(asker, Case.objects.filter(pk__in=case_ids))
    return tuple(_view(one) for one in FollowUp.objects.filter(case__in=cases))


def _view(one: FollowUp) -> FollowUpView:
    told = tuple(Told(what, before, after) for what, before, after in one.told)
    return FollowUpView(one.case_id, one.what, one.before, one.after, one.at, one.done_at, one.is_compared, told)
