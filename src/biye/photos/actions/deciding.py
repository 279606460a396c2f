"""审看照片: a person answers the fixed questions and decides; on which file is part of the decision."""

from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record
from biye.photos.actions.settling import settle
from biye.photos.core.answers import Answer
from biye.photos.models.decision import PhotoDecision
from biye.photos.models.photo import Photo
from biye.photos.queries.questions import questions_of


def decide_photo(
    photo_id: int,
    *,
    answers: dict[str, bool],
    sha256: str,
    seen: int | None = None,
    reason: str = "",
    by: Asker,
    at: datetime,
) -> PhotoDecision:
    """审看. `answers`: question → in order, of every question there is about this photo; it is accepted when all are.
    `sha256`: the file that was looked at; `seen`: the decision that was seen to stand, 0 for none.

    Refused: no_permission, no_such_photo, decided_meanwhile by somebody who was faster, photo_replaced where another
    file has come meanwhile, question_unanswered, no_such_question, reason_missing where a photo is accepted that a
    measured check failed.
    """
    if not by.may(Permission.DECIDE_PHOTOS):
        raise Refused(Reason("no_permission"))
    with transaction.atomic():
        mine = Photo.objects.select_for_update().select_related("student").filter(student__in=students_of(by))
        photo = mine.filter(pk=photo_id, purpose=Photo.Purpose.GRADUATION).first()
        if photo is None:
            raise Refused(Reason("no_such_photo"))
        is_accepted = all(answers.values())
        if reasons := _wrong(photo, answers, sha256, reason, is_accepted=is_accepted):
            raise Refused(*reasons)
        _refuse_the_slower(photo, seen)
        photo.decisions.filter(is_standing=True).update(is_standing=False)
        decision = PhotoDecision.objects.create(
            photo=photo,
            sha256=photo.sha256,
            is_accepted=is_accepted,
            answers=answers,
            reason=reason.strip(),
            decided_at=at,
            decided_by=by.user_id,
            decided_by_name=by.name,
        )
        settle(photo.student, at=at)
        record(
            by=by.actor,
            at=at,
            action="photo.decided",
            subject=f"student:{photo.student.student_no}",
            after={"sha256": photo.sha256, "is_accepted": is_accepted, "answers": answers},
            reason=decision.reason,
        )
    return decision


def withdraw_decision(photo_id: int, *, reason: str, by: Asker, at: datetime) -> None:
    """撤销审看: the photo is to be looked at again. Refused: no_permission, reason_missing, no_such_decision."""
    if not by.may(Permission.DECIDE_PHOTOS):
        raise Refused(Reason("no_permission"))
    if not reason.strip():
        raise Refused(Reason("reason_missing"))
    with transaction.atomic():
        mine = PhotoDecision.objects.select_for_update().select_related("photo__student")
        standing = mine.filter(photo_id=photo_id, is_standing=True, photo__student__in=students_of(by)).first()
        if standing is None:
            raise Refused(Reason("no_such_decision"))
        standing.is_standing = False
        standing.save(update_fields=["is_standing"])
        settle(standing.photo.student, at=at)
        record(
            by=by.actor,
            at=at,
            action="photo.decision_withdrawn",
            subject=f"student:{standing.photo.student.student_no}",
            before={"sha256": standing.sha256, "is_accepted": standing.is_accepted},
            reason=reason.strip(),
        )


def _refuse_the_slower(photo: Photo, seen: int | None) -> None:
    standing = photo.decisions.filter(is_standing=True).first()
    if seen is not None and seen != (standing.pk if standing else 0):
        words = {True: "合格", False: "不合格"}
        said = {"name": standing.decided_by_name, "verdict": words[standing.is_accepted]} if standing else {}
        raise Refused(Reason("decided_meanwhile" if standing else "withdrawn_meanwhile", dict(said)))


def _wrong(photo: Photo, answers: dict[str, bool], sha256: str, reason: str, *, is_accepted: bool) -> list[Reason]:
    asked = {question.name for question in questions_of(photo)}
    overrules = is_accepted and photo.answer == Answer.FAIL
    checks = {
        "photo_replaced": photo.is_current and photo.sha256 == sha256,
        "question_unanswered": asked <= set(answers),
        "no_such_question": set(answers) <= asked,
        "reason_missing": bool(reason.strip()) or not overrules,
    }
    return [Reason(code) for code, holds in checks.items() if not holds]
