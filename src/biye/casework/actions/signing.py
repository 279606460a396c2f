"""签字确认: on the screen, on a sheet that is uploaded, or on site; always of exactly what was shown."""

from collections.abc import Collection
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of
from biye.audit.core.explain.document import explanation
from biye.audit.queries.explained import published
from biye.casework.actions.acting import act
from biye.casework.actions.files import keep_file
from biye.casework.actions.keeping import keep_shown
from biye.casework.core.applying import effects
from biye.casework.core.showing import SHOWN, said_changes
from biye.casework.core.signatures import picture_of
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, CaseFile
from biye.casework.queries.shown_documents import Showing, kept_documents, shown_documents
from biye.foundation.errors import Reason, Refused
from biye.records.models.student import Student
from biye.seasons.models.season import Season
from biye.seasons.queries.seasons import season_file

WAY, NAME = "way", "name"
"""In the detail of a step: how it was signed; the name that was typed."""
ON_SCREEN, TYPED, ON_PAPER = "screen", "typed", "paper"
_DONE = {Event.SIGN: State.SIGNED, Event.UPLOAD: State.UPLOADED, Event.SIGN_ON_SITE: State.SIGNED_ON_SITE}
_CHECKED = (State.CONFIRMED, State.DEEMED)


def sign(
    season_id: int,
    student_no: str,
    *,
    mark: str,
    ticked: Collection[str],
    by: Asker,
    at: datetime,
    strokes: str = "",
    typed_name: str = "",
) -> Case:
    """在屏幕上签字 under what has this fingerprint: strokes drawn on the screen, or the full name typed by whoever cannot draw.

    Signed twice, it counts once. Refused: nothing_published, shown_changed (with what changed), record_not_checked,
    effects_accepted, signature_missing, signature_broken, name_differs, and what the transition table says.
    """
    with transaction.atomic():
        student = _student(student_no, by)
        if typed_name.strip() and not strokes:
            if typed_name.strip() != student.name:
                raise Refused(Reason("name_differs", {"name": student.name}))
            return _step(season_id, student, Event.SIGN, mark, ticked, by, at, {WAY: TYPED, NAME: student.name})
        picture = picture_of(strokes)
        case = _step(season_id, student, Event.SIGN, mark, ticked, by, at, {WAY: ON_SCREEN})
        _keep(case, ContentFile(picture, "签名.png"), CaseFile.Purpose.SIGNATURE, by, at)
    return case


def upload_signed(
    season_id: int,
    student_no: str,
    *,
    mark: str,
    ticked: Collection[str],
    upload: "File[bytes] | None",
    by: Asker,
    at: datetime,
) -> Case:
    """上传签字件: the printed sheet, signed and photographed; it counts once the centre has looked at it.

    Refused as in `sign`, and upload_broken, not_a_picture, file_too_large.
    """
    with transaction.atomic():
        case = _step(season_id, _student(student_no, by), Event.UPLOAD, mark, ticked, by, at, {WAY: ON_PAPER})
        _keep(case, upload, CaseFile.Purpose.SIGNED_FORM, by, at)
    return case


def sign_on_site(
    season_id: int, student_no: str, *, mark: str, by: Asker, at: datetime, upload: "File[bytes] | None" = None
) -> Case:
    """现场签字: the student signs before a teacher, who is the witness; the sheet may be photographed then and there.

    Refused: no_such_student, nothing_published, shown_changed, record_not_checked, and what the transition table says.
    """
    with transaction.atomic():
        student = _student(student_no, by)
        every = _effects(season_id, student_no, by)
        holds = (Guard.WITNESS_PRESENT,)
        case = _step(season_id, student, Event.SIGN_ON_SITE, mark, every, by, at, {WAY: ON_PAPER}, holds)
        if upload is not None:
            _keep(case, upload, CaseFile.Purpose.SIGNED_FORM, by, at)
    return case


def _step(
    season_id: int,
    student: Student,
    event: Event,
    mark: str,
    ticked: Collection[str],
    by: Asker,
    at: datetime,
    detail: dict[str, str],
    holds: tuple[Guard, ...] = (),
) -> Case:
    showing = shown_documents(season_id, [student.pk]).get(student.pk)
    if showing is None:
        raise Refused(Reason("nothing_published"))
    if showing.mark != mark:
        raise Refused(_changed(season_id, student.pk, mark, showing))
    if (done := _signed_already(season_id, student.pk, event, mark)) is not None:
        return done
    reasons = []
    if not _is_record_checked(season_id, student.pk):
        reasons.append(Reason("record_not_checked"))
    if not set(_effects(season_id, student.student_no, by)) <= set(ticked):
        reasons.append(Reason("effects_accepted"))
    if reasons:
        raise Refused(*reasons)
    keep_shown(season_id, {student.pk: showing}, at=at)
    return act(
        season_id=season_id,
        student_no=student.student_no,
        kind=Kind.SIGN_OFF,
        event=event,
        by=by,
        at=at,
        detail={SHOWN: mark, **detail},
        holds=(Guard.SHOWN_UNCHANGED, *holds),
    )


def _student(student_no: str, by: Asker) -> Student:
    """The student's row, held, so that a doubled click signs once."""
    found = students_of(by).select_for_update(of=("self",)).filter(student_no=student_no).first()
    if found is None:
        raise Refused(Reason("no_such_student"))
    return found


def _changed(season_id: int, student_id: int, mark: str, now: Showing) -> Reason:
    before = kept_documents(season_id, {student_id: mark}).get(student_id)
    said = said_changes(before, now.document) if before is not None else ()
    return Reason("shown_changed", {"changes": "；".join(said) or "请看过现在的内容"})


def _signed_already(season_id: int, student_id: int, event: Event, mark: str) -> Case | None:
    """The same signature sent again: it is there, and nothing happens."""
    case = Case.objects.filter(season_id=season_id, student_id=student_id, kind=Kind.SIGN_OFF).first()
    if case is None or State(case.state) is not _DONE[event]:
        return None
    last = case.history.order_by("-number").first()
    return case if last is not None and last.detail.get(SHOWN) == mark else None


def _is_record_checked(season_id: int, student_id: int) -> bool:
    """Where the season's file asks for the record to be checked first."""
    task = season_file(Season.objects.get(pk=season_id).stem).tasks.get("sign_off")
    if task is None or "record_check" not in task.needs:
        return True
    checked = Case.objects.filter(season_id=season_id, student_id=student_id, kind=Kind.RECORD_CHECK)
    return checked.filter(state__in=_CHECKED).exists()


def _effects(season_id: int, student_no: str, by: Asker) -> tuple[str, ...]:
    found = published(by, season_id, student_no)
    if found is None:
        return ()
    return effects(Kind.SIGN_OFF, season_file(found[0].run.season.stem), explanation(found[1]))


def _keep(case: Case, upload: "File[bytes] | None", purpose: str, by: Asker, at: datetime) -> None:
    keep_file(case, upload, purpose=purpose, by=by, at=at)
