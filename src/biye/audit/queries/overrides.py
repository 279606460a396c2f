"""人工认定: what people decided of one student."""

from dataclasses import dataclass
from datetime import datetime

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of
from biye.audit.models.override import Override
from biye.foundation.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """人工认定 as a page shows it; `is_standing` says that it counts at the moment asked about."""

    id: int
    rule: str
    verdict: Verdict
    reason: str
    evidence: str
    expires_at: datetime | None
    given_at: datetime
    given_by: str
    withdrawn_at: datetime | None
    is_standing: bool


def overrides(asker: Asker, season_id: int, student_no: str, at: datetime) -> list[OverrideRow]:
    """Every override of one student within the asker's scope, newest first."""
    found = Override.objects.filter(season_id=season_id, student__in=students_of(asker).filter(student_no=student_no))
    return [
        OverrideRow(
            id=one.pk,
            rule=one.rule,
            verdict=Verdict(one.verdict),
            reason=one.reason,
            evidence=one.evidence,
            expires_at=one.expires_at,
            given_at=one.given_at,
            given_by=one.given_by_name,
            withdrawn_at=one.withdrawn_at,
            is_standing=one.withdrawn_at is None and (one.expires_at is None or one.expires_at > at),
        )
        for one in found
    ]
