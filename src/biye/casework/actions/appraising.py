"""自我鉴定: saved while it is written, handed in when it is long enough; two tabs lose nothing."""

from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.accounts.queries.scope import students_of, within
from biye.casework.actions.acting import act
from biye.casework.core.appraising import reasons_against
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case
from biye.foundation.errors import Reason, Refused
from biye.seasons.models.season import Season
from biye.seasons.queries.seasons import season_file

TEXT = "text"
"""In the form of a self-appraisal: what was written."""
MOST_KEPT = 5000
_WRITABLE = (State.OPEN, State.SAVED, State.RETURNED)


def save_appraisal(season_id: int, student_no: str, text: str, *, seen: int, by: Asker, at: datetime) -> Case:
    """保存. `seen`: how many steps the page knew of; nothing happens where the text is as it was saved.

    Refused: no_such_student, appraisal_too_long_to_keep, somebody_was_faster (another tab saved something else
    meanwhile: both texts are still there), and what the transition table says.
    """
    if len(text) > MOST_KEPT:
        raise Refused(Reason("appraisal_too_long_to_keep", {"most": MOST_KEPT}))
    with transaction.atomic():
        _hold(student_no, by)
        mine = _mine(season_id, student_no, by)
        if mine is not None and mine.form.get(TEXT) == text and State(mine.state) in _WRITABLE:
            return mine
        return _step(season_id, student_no, Event.SAVE, text, seen, by, at)


def submit_appraisal(
    season_id: int, student_no: str, text: str, *, by: Asker, at: datetime, seen: int | None = None
) -> Case:
    """提交. The centre enters it for whoever wrote on paper. Handed in twice, it counts once.

    Refused: appraisal_blank, appraisal_short, appraisal_long, and what the transition table says.
    """
    task = season_file(Season.objects.get(pk=season_id).stem).tasks.get("appraisal")
    if reasons := reasons_against(text, task.least if task else None, task.most if task else None):
        raise Refused(*reasons)
    with transaction.atomic():
        _hold(student_no, by)
        mine = _mine(season_id, student_no, by)
        if mine is not None and State(mine.state) is State.SUBMITTED and mine.form.get(TEXT) == text:
            return mine
        event = Event.SUBMIT if by.role is Role.STUDENT else Event.ENTER_FROM_PAPER
        return _step(season_id, student_no, event, text, seen, by, at)


def reopen_appraisal(season_id: int, student_no: str, *, by: Asker, at: datetime) -> Case:
    """重新修改 what was handed in. Refused: what the transition table says."""
    return _step(season_id, student_no, Event.REOPEN, None, None, by, at)


def _step(
    season_id: int, student_no: str, event: Event, text: str | None, seen: int | None, by: Asker, at: datetime
) -> Case:
    return act(
        season_id=season_id,
        student_no=student_no,
        kind=Kind.APPRAISAL,
        event=event,
        by=by,
        at=at,
        seen=seen,
        form=None if text is None else {TEXT: text},
        holds=(Guard.FORM_COMPLETE,),
    )


def _hold(student_no: str, by: Asker) -> None:
    """Two tabs come one after the other."""
    if students_of(by).select_for_update(of=("self",)).filter(student_no=student_no).first() is None:
        raise Refused(Reason("no_such_student"))


def _mine(season_id: int, student_no: str, by: Asker) -> Case | None:
    cases = Case.objects.filter(season_id=season_id, kind=Kind.APPRAISAL, student__student_no=student_no)
    return within(by, cases).first()
