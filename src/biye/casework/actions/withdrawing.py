"""退学处理: proposed with a reason, delivered with proof, public while one may appeal, decided by a person; never automatic."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.core.files.base import File
from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.audit.queries.results import latest_run
from biye.casework.actions.acting import act_on, open_many
from biye.casework.actions.bulk import begin_bulk
from biye.casework.actions.files import keep_file
from biye.casework.core.closing import APPEAL_UNTIL
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.bulk import BulkAct
from biye.casework.models.case import Case, CaseFile
from biye.casework.queries.withdrawals import may_be_proposed
from biye.foundation.errors import Reason, Refused
from biye.seasons.models.season import Season
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import season_file

DELIVERED_ON, HOW = "delivered_on", "how"


def propose_withdrawal(
    season_id: int, student_nos: Collection[str], *, reason: str, by: Asker, at: datetime
) -> BulkAct:
    """拟定退学 for students whom the season's file names; everybody else is passed over.

    Refused: reason_given, nothing_chosen, nothing_to_compare_with.
    """
    if not reason.strip():
        raise Refused(Reason(Guard.REASON_GIVEN.value))
    run = latest_run(by, season_id)
    if run is None:
        raise Refused(Reason("nothing_to_compare_with"))
    season = season_file(run.season.stem)
    named = may_be_proposed(by, run, season, at).filter(student__student_no__in=list(student_nos))
    students = list(named.order_by("student_id").values_list("student_id", flat=True))
    with transaction.atomic():
        open_many(season_id, Kind.WITHDRAWAL, students, at=at)
        cases = Case.objects.filter(season_id=season_id, kind=Kind.WITHDRAWAL, student_id__in=students)
        wanted = list(cases.filter(state__in=(State.OPEN, State.WITHDRAWN)).values_list("pk", flat=True))
        return begin_bulk(season_id, wanted, Event.PROPOSE, by=by, at=at, reason=reason, kind=Kind.WITHDRAWAL)


def announce_withdrawal(
    case_id: int,
    *,
    delivered_on: date,
    how: str,
    proof: "File[bytes] | None",
    by: Asker,
    at: datetime,
    seen: int | None = None,
) -> Case:
    """公示并送达: the time for appeals runs from the day of delivery, of which a proof is kept.

    Refused: no_withdrawal_rule, delivery_ahead, upload_broken, not_a_picture, file_too_large, and what the table says.
    """
    with transaction.atomic():
        case = Case.objects.select_related("season").filter(pk=case_id, kind=Kind.WITHDRAWAL).first()
        if case is None:
            raise Refused(Reason("no_such_case"))
        until = _until(case.season, delivered_on, at)
        form = {**case.form, DELIVERED_ON: delivered_on.isoformat(), HOW: how.strip(), APPEAL_UNTIL: until.isoformat()}
        holds, detail = (Guard.DELIVERED,), {APPEAL_UNTIL: until.isoformat()}
        done = act_on(case_id, Event.ANNOUNCE, by=by, at=at, seen=seen, form=form, detail=detail, holds=holds)
        keep_file(done, proof, purpose=CaseFile.Purpose.DELIVERY, by=by, at=at, label="送达凭证")
    return done


def _until(season: Season, delivered_on: date, at: datetime) -> datetime:
    """The end of the last day on which one may appeal."""
    rule, zone = season_file(season.stem).withdrawal, school().zone
    if rule is None:
        raise Refused(Reason("no_withdrawal_rule"))
    if delivered_on > at.astimezone(zone).date():
        raise Refused(Reason("delivery_ahead"))
    return datetime.combine(delivered_on + timedelta(days=rule.publicity_days + 1), time(), zone)
