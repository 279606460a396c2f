"""办理照片: capture begun, the paper photo received and confirmed, a review by evidence opened and closed."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record
from biye.photos.core.states import Review
from biye.photos.models.handling import PhotoHandling
from biye.records.actions.shown_changes import students_changed

Change = Callable[[PhotoHandling], None]


def start_capture(student_no: str, *, by: Asker, at: datetime) -> PhotoHandling:
    """采集中: the picture has been taken and is on its way to CHSI. Refused: no_permission, no_such_student."""

    def change(handling: PhotoHandling) -> None:
        handling.capturing_since = at

    return _handle(student_no, "photo.capture_started", change, by=by, at=at)


def receive_paper_photo(student_no: str, *, by: Asker, at: datetime) -> PhotoHandling:
    """收到纸质照片. Refused: no_permission, no_such_student, already_received."""

    def change(handling: PhotoHandling) -> None:
        if handling.paper_received_at is not None:
            raise Refused(Reason("already_received"))
        handling.paper_received_at, handling.paper_received_by_name = at, by.name

    return _handle(student_no, "photo.paper_received", change, by=by, at=at)


def confirm_paper_photo(student_no: str, *, by: Asker, at: datetime) -> PhotoHandling:
    """学生确认纸质照片为本人: signed before the teacher. Refused: no_permission, no_such_student, not_received."""

    def change(handling: PhotoHandling) -> None:
        if handling.paper_received_at is None:
            raise Refused(Reason("not_received"))
        handling.paper_confirmed_at = at

    return _handle(student_no, "photo.paper_confirmed", change, by=by, at=at)


def open_review(student_no: str, *, reason: str, by: Asker, at: datetime) -> PhotoHandling:
    """提出人工复核, with the evidence named. Refused: no_permission, no_such_student, reason_missing, review_is_open."""

    def change(handling: PhotoHandling) -> None:
        if handling.review == Review.OPEN:
            raise Refused(Reason("review_is_open"))
        _review(handling, Review.OPEN, reason, at)

    return _handle(student_no, "photo.review_opened", change, by=by, at=at, reason=reason, needs_reason=True)


def close_review(student_no: str, *, is_passed: bool, reason: str, by: Asker, at: datetime) -> PhotoHandling:
    """复核结果. Refused: no_permission, no_such_student, reason_missing, review_is_not_open."""

    def change(handling: PhotoHandling) -> None:
        if handling.review != Review.OPEN:
            raise Refused(Reason("review_is_not_open"))
        _review(handling, Review.PASSED if is_passed else Review.REFUSED, reason, at)

    return _handle(student_no, "photo.review_closed", change, by=by, at=at, reason=reason, needs_reason=True)


def _review(handling: PhotoHandling, review: Review, reason: str, at: datetime) -> None:
    handling.review, handling.review_reason, handling.review_changed_at = review, reason.strip()[:400], at


def _handle(
    student_no: str,
    action: str,
    change: Change,
    *,
    by: Asker,
    at: datetime,
    reason: str = "",
    needs_reason: bool = False,
) -> PhotoHandling:
    """One change of one student's row, with its ledger entry, in one transaction."""
    student = students_of(by).filter(student_no=student_no).first()
    if not by.may(Permission.HANDLE_PHOTOS):
        raise Refused(Reason("no_permission"))
    if student is None:
        raise Refused(Reason("no_such_student"))
    if needs_reason and not reason.strip():
        raise Refused(Reason("reason_missing"))
    with transaction.atomic():
        handling, _ = PhotoHandling.objects.select_for_update().get_or_create(student=student)
        before = _said(handling)
        change(handling)
        handling.save()
        students_changed((student.pk,), at=at, by=by.actor)
        record(
            by=by.actor,
            at=at,
            action=action,
            subject=f"student:{student.student_no}",
            before=before,
            after=_said(handling),
            reason=reason.strip(),
        )
    return handling


def _said(handling: PhotoHandling) -> dict[str, object]:
    names = ("capturing_since", "paper_received_at", "paper_confirmed_at", "review", "review_reason")
    return {name: getattr(handling, name) for name in names}
