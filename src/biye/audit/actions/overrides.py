"""人工认定: a person sets one verdict of one student, and takes it back."""

from datetime import datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import students_of
from biye.audit.models.override import Override
from biye.foundation.errors import Reason, Refused
from biye.foundation.verdicts import Verdict
from biye.machinery.ledger.chain import record
from biye.records.models.facts import FactChange
from biye.records.models.student import Student

GIVEN_BY_PEOPLE = (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_REQUIRED)


def give_override(
    season_id: int,
    student_no: str,
    rule: str,
    verdict: Verdict,
    *,
    reason: str,
    evidence: str,
    expires_at: datetime | None,
    by: Asker,
    at: datetime,
) -> Override:
    """人工认定. One verdict of one student until it expires or is withdrawn; an earlier one for the same rule is replaced.

    Refused with every reason at once: no_permission, no_such_student, reason_missing, evidence_missing, expiry_past,
    verdict_not_given_by_people.
    """
    student = students_of(by).filter(student_no=student_no).first()
    reasons = _wrong(by, student, verdict, reason, evidence, expires_at, at)
    if student is None or reasons:
        raise Refused(*reasons)
    with transaction.atomic():
        standing = Override.objects.select_for_update().filter(
            season_id=season_id, student=student, rule=rule, withdrawn_at__isnull=True
        )
        before = _said(earlier) if (earlier := standing.first()) else None
        standing.update(withdrawn_at=at)
        given = Override.objects.create(
            season_id=season_id,
            student=student,
            rule=rule,
            verdict=verdict,
            reason=reason.strip(),
            evidence=evidence.strip(),
            expires_at=expires_at,
            given_at=at,
            given_by=by.user_id,
            given_by_name=by.name,
        )
        _touch(student, at)
        record(
            by=by.actor,
            at=at,
            action="override.given",
            subject=f"student:{student.student_no}",
            before=before,
            after=_said(given),
            reason=given.reason,
        )
    return given


def withdraw_override(override_id: int, *, reason: str, by: Asker, at: datetime) -> Override:
    """撤销人工认定: the verdict is the rule's own again. Refused: no_permission, no_such_override, reason_missing."""
    if not by.may(Permission.OVERRIDE_VERDICT):
        raise Refused(Reason("no_permission"))
    if not reason.strip():
        raise Refused(Reason("reason_missing"))
    with transaction.atomic():
        mine = Override.objects.select_for_update().select_related("student")
        given = mine.filter(pk=override_id, withdrawn_at__isnull=True, student__in=students_of(by)).first()
        if given is None:
            raise Refused(Reason("no_such_override"))
        given.withdrawn_at = at
        given.save(update_fields=["withdrawn_at"])
        _touch(given.student, at)
        record(
            by=by.actor,
            at=at,
            action="override.withdrawn",
            subject=f"student:{given.student.student_no}",
            before=_said(given),
            reason=reason.strip(),
        )
    return given


def _wrong(
    by: Asker,
    student: Student | None,
    verdict: Verdict,
    reason: str,
    evidence: str,
    expires_at: datetime | None,
    at: datetime,
) -> list[Reason]:
    checks = {
        "no_permission": by.may(Permission.OVERRIDE_VERDICT),
        "no_such_student": student is not None,
        "reason_missing": bool(reason.strip()),
        "evidence_missing": bool(evidence.strip()),
        "expiry_past": expires_at is None or expires_at > at,
        "verdict_not_given_by_people": verdict in GIVEN_BY_PEOPLE,
    }
    return [Reason(code) for code, holds in checks.items() if not holds]


def _said(override: Override) -> dict[str, object]:
    return {
        "rule": override.rule,
        "verdict": Verdict(override.verdict).name,
        "evidence": override.evidence,
        "expires_at": override.expires_at,
    }


def _touch(student: Student, at: datetime) -> None:
    """The next audit of what changed looks at this student."""
    FactChange.objects.create(student=student, at=at)
