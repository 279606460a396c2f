"""到期结转: silence becomes what the calendar says, as an explicit step of the system with its proof; never a signature."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from biye.audit.models.publication import PublishedConclusion
from biye.audit.models.run import Outcome
from biye.audit.queries.explained import speaking
from biye.casework.actions.acting import act_on_many, open_many
from biye.casework.core.settling import ENTRY, PUBLICATION, PUBLISHED, SEEN, TOLD, UNTIL, Due, due
from biye.casework.core.words import Event
from biye.casework.models.case import Case, Shown
from biye.casework.models.settlement import Settlement
from biye.casework.queries.messages import Told, proof
from biye.foundation.actor import SYSTEM, Actor
from biye.foundation.errors import Reason, Refused
from biye.foundation.verdicts import Truth
from biye.machinery.ledger.chain import record
from biye.seasons.models.season import Season
from biye.seasons.queries.seasons import season_file

MANY = 1000
type Progress = Callable[[int, int], None]


def settle(
    season_id: int, entry: str, *, by: Actor, at: datetime, progress: Progress = lambda done, total: None
) -> Settlement:
    """结转 one closing moment. Done twice, late, or again after a crash, it settles only what is left, with the same result.

    Whoever was never told a conclusion has not been silent about it: only students of the speaking publication are
    deemed. Refused: no_such_deadline, deadline_to_come.
    """
    season = Season.objects.get(pk=season_id)
    file = season_file(season.stem)
    if entry not in file.calendar:
        raise Refused(Reason("no_such_deadline"))
    until = file.calendar[entry].until
    if at < until:
        raise Refused(Reason("deadline_to_come", {"until": until}))
    with transaction.atomic():
        found, is_new = Settlement.objects.get_or_create(
            season=season, entry=entry, defaults={"until": until, "started_at": at, "by_name": by.name}
        )
        if is_new:
            after = {"entry": entry, "until": until}
            record(by=by, at=at, action="settle_deadline", subject=f"season:{season.stem}", after=after)
    parts = [(one, part) for one in due(file, entry) for part in _parts(season_id, one)]
    for number, (one, students) in enumerate(parts):
        _settle(found, one, students, at)
        progress(number + 1, len(parts))
    if found.finished_at is None:
        found.finished_at = at
        found.save(update_fields=["finished_at"])
    return found


def _parts(season_id: int, one: Due) -> Iterator[Sequence[int]]:
    """Students a thousand at a time whom this may concern: those with such a case, and where silence counts everybody told."""
    waiting = Case.objects.filter(season_id=season_id, kind=one.kind, state__in=one.states)
    students = set(waiting.values_list("student_id", flat=True))
    publication = speaking(season_id) if one.everybody else None
    if publication is not None:
        told = PublishedConclusion.objects.filter(publication=publication).values_list("student_id", flat=True)
        candidates = Outcome.objects.filter(run_id=publication.run_id, candidate=Truth.TRUE)
        begun = Case.objects.filter(season_id=season_id, kind=one.kind).values_list("student_id", flat=True)
        students |= (set(told) & set(candidates.values_list("student_id", flat=True))) - set(begun)
    ordered = sorted(students)
    for start in range(0, len(ordered), MANY):
        yield ordered[start : start + MANY]


@transaction.atomic
def _settle(settlement: Settlement, one: Due, students: Sequence[int], at: datetime) -> None:
    season_id = settlement.season_id
    if one.everybody:
        open_many(season_id, one.kind, students, at=at)
    cases = Case.objects.filter(season_id=season_id, kind=one.kind, student_id__in=students, state__in=one.states)
    shared = {ENTRY: settlement.entry, UNTIL: settlement.until.astimezone(UTC).isoformat()}
    details = _proofs(season_id, one, students)
    ids = list(cases.values_list("id", flat=True))
    moved = act_on_many(ids, Event.SETTLE, by=SYSTEM, at=at, detail=shared, details=details).moved
    counts = Settlement.objects.select_for_update().get(pk=settlement.pk).counts
    settlement.counts = {**counts, one.kind.value: counts.get(one.kind.value, 0) + len(moved)}
    settlement.save(update_fields=["counts"])


def _proofs(season_id: int, one: Due, students: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What was published to each, when they last looked, and which messages told them of the deadline."""
    details: dict[int, dict[str, Any]] = {student: {} for student in students}
    publication = speaking(season_id)
    if publication is not None:
        rows = PublishedConclusion.objects.filter(publication=publication, student_id__in=students)
        for student, mark in rows.values_list("student_id", "fingerprint"):
            details[student] |= {PUBLICATION: publication.number, PUBLISHED: mark}
    seen = Shown.objects.filter(season_id=season_id, student_id__in=students).order_by("first_at")
    for student, moment, mark in seen.values_list("student_id", "first_at", "fingerprint"):
        details[student][SEEN] = {"at": moment.isoformat(), "mark": mark}
    for student, told in proof(season_id, students, one.kind.value).items():
        details[student][TOLD] = [_said(one) for one in told]
    return details


def _said(told: Told) -> dict[str, Any]:
    letters = [[channel.value, outcome, at.isoformat() if at else None] for channel, outcome, at in told.letters]
    seen = told.seen_at.isoformat() if told.seen_at else None
    return {"message": told.message_id, "at": told.at.isoformat(), "step": told.step, "seen": seen, "letters": letters}
