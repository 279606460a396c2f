"""申请结业、延缓毕业、学位: handed in by the student, or entered by the centre from paper; withdrawn while the time runs."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.accounts.queries.scope import within
from biye.audit.core.explain.document import explanation
from biye.audit.queries.explained import published
from biye.casework.actions.acting import act
from biye.casework.core.applying import EFFECTS, REASONS, effects, reasons_against
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case
from biye.foundation.errors import Reason, Refused
from biye.seasons.models.season import Season
from biye.seasons.queries.seasons import season_file

OPEN_TO_APPLY = (Kind.COMPLETION, Kind.DEFERRAL, Kind.DEGREE)


def apply(
    season_id: int,
    student_no: str,
    kind: Kind,
    *,
    written: Mapping[str, str],
    ticked: Collection[str],
    by: Asker,
    at: datetime,
    seen: int | None = None,
) -> Case:
    """提交申请. `written`: the season's fields; `ticked`: effects that cannot be undone. Handed in twice, it counts once.

    Refused: no_such_route, form_blank, form_long, effects_accepted, and what the transition table says.
    """
    season = season_file(Season.objects.get(pk=season_id).stem)
    spec = season.routes.get(kind.value)
    if spec is None or kind not in OPEN_TO_APPLY:
        raise Refused(Reason("no_such_route"))
    found = published(by, season_id, student_no)
    if found is None:
        raise Refused(Reason("nothing_published"))
    asked = effects(kind, season, explanation(found[1]))
    if reasons := reasons_against(spec, written, ticked, asked):
        raise Refused(*reasons)
    form = {
        REASONS: {field: written[field].strip() for field in spec.reason_fields},
        EFFECTS: list(asked),
    }
    with transaction.atomic():
        if (done := _handed_in(season_id, student_no, kind, form, by)) is not None:
            return done
        return act(
            season_id=season_id,
            student_no=student_no,
            kind=kind,
            event=Event.SUBMIT if by.role is Role.STUDENT else Event.ENTER_FROM_PAPER,
            by=by,
            at=at,
            seen=seen,
            form=form,
            detail={"publication": found[0].number},
            holds=(Guard.EFFECTS_ACCEPTED, Guard.FORM_COMPLETE),
        )


def withdraw(season_id: int, student_no: str, kind: Kind, *, by: Asker, at: datetime, seen: int | None = None) -> Case:
    """撤回申请. Withdrawn twice, it counts once. Refused: what the transition table says."""
    with transaction.atomic():
        mine = _mine(season_id, student_no, kind, by)
        if mine is not None and State(mine.state) is State.WITHDRAWN:
            return mine
        return act(season_id=season_id, student_no=student_no, kind=kind, event=Event.WITHDRAW, by=by, at=at, seen=seen)


def _handed_in(season_id: int, student_no: str, kind: Kind, form: Mapping[str, object], by: Asker) -> Case | None:
    """The same application sent again by a double click or the back button."""
    mine = _mine(season_id, student_no, kind, by)
    wanted = State.SUBMITTED if by.role is Role.STUDENT or kind is Kind.DEGREE else State.PAPER_RECEIVED
    return mine if mine is not None and State(mine.state) is wanted and mine.form == form else None


def _mine(season_id: int, student_no: str, kind: Kind, by: Asker) -> Case | None:
    cases = within(by, Case.objects.filter(season_id=season_id, kind=kind, student__student_no=student_no))
    return cases.first()
