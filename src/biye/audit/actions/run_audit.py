"""审查: judge everybody, or whoever changed since an earlier run, and store it; done as a whole or not at all."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from importlib.metadata import version

import numpy as np
from django.db import connection, transaction
from django.db.models import Count

from biye.audit.actions.storage import Storage
from biye.audit.core.engine import Judged, Override, Programme, judge, rank, settle
from biye.audit.core.loading import LoadedSeason
from biye.audit.core.pipeline import Population, audit_tables, joined, within
from biye.audit.core.storing import plus
from biye.audit.core.tally import Group, Tally
from biye.audit.models.override import Override as GivenOverride
from biye.audit.models.run import Outcome, Rules, Run
from biye.audit.queries.facts import explained_by, populations
from biye.audit.queries.outcomes import changed_since, columns_of, stored_outcomes
from biye.audit.queries.rules import read_rules
from biye.foundation.actor import Actor
from biye.foundation.verdicts import Verdict
from biye.machinery.columns.core.selecting import Who
from biye.machinery.columns.reading import FEW, snapshot
from biye.machinery.ledger.chain import record
from biye.records.core.tables import Coded
from biye.records.models.student import Student
from biye.records.queries.columns import load_tables, positions
from biye.seasons.core.frame import Frame

CHUNK = 16_384
OVERLAP = timedelta(minutes=10)  # a change is dated when its transaction begins, and seen when it ends
Progress = Callable[[int, int, str], None]


def run_audit(
    rules_id: int,
    *,
    by: Actor,
    at: datetime,
    now: datetime,
    purpose: str = Run.Purpose.TRIAL,
    base_id: int | None = None,
    job_id: int | None = None,
    progress: Progress = lambda done, total, message: None,
) -> Run:
    """审查. `at` is the moment asked about, `now` the moment of the data. With a base, only whoever changed is judged anew
    and the others' outcomes are copied, wherever that is sure to give what judging everybody would.

    Nobody sees anything of a run before it is done; what a killed one left behind goes when its job is tried again.
    """
    discard_unfinished(job_id)
    rules = Rules.objects.select_related("season").get(id=rules_id)
    loaded = read_rules(rules)
    run = Run.objects.create(
        season=rules.season,
        rules=rules,
        purpose=purpose,
        base_id=base_id,
        at=at,
        snapshot_at=now,
        rules_digest=loaded.rulebook_hash,
        engine_version=version("biye"),
        started_by_name=by.name,
        job_id=job_id,
    )
    try:
        if not _renew(run, loaded, progress):
            _judge_everybody(run, loaded, progress)
        _finish(run, by=by, at=now)
    except BaseException:
        discard(run)
        raise
    return run


def discard_unfinished(job_id: int | None) -> None:
    """Take away what an earlier attempt at the same job left behind."""
    for run in Run.objects.filter(job_id=job_id, state=Run.State.RUNNING) if job_id is not None else ():
        discard(run)


def discard(run: Run) -> None:
    """A run that did not come to its end: its outcomes go, the row that says so stays."""
    Run.objects.filter(id=run.id).update(state=Run.State.FAILED)
    Outcome.objects.filter(run_id=run.id).delete()


def _judge_everybody(run: Run, loaded: LoadedSeason, progress: Progress) -> None:
    programme, frame = loaded.programme, loaded.frame(run.at)
    total = Student.objects.count()
    progress(0, total, "reading")
    with snapshot(students=total) as facts, Storage(run.id, programme) as storage:
        for population in populations(programme, frame, facts):
            overrides = _overrides(run, programme, population.tables.students.key)
            for done in _judge(population, programme, overrides, storage):
                progress(done, total, "judging")
    run.students = run.audited = storage.students
    run.counts, run.digest = storage.tally.plain(), storage.digest


def _judge(
    population: Population, programme: Programme, overrides: tuple[Override, ...], storage: Storage
) -> Iterable[int]:
    """Chunk by chunk; in two rounds where a rule compares everybody."""
    first = storage.students
    if not programme.ranked:
        for batch in population.batches(CHUNK):
            storage.keep(batch, judge(programme, batch, within(overrides, batch)), overrides)
            yield first + batch.start + batch.n
        return
    pieces: list[Judged] = []
    for batch in population.batches(CHUNK):
        pieces.append(judge(programme, batch, within(overrides, batch)))
        yield (first + batch.start + batch.n) // 2
    population.ranking = rank(programme, population.tables.students, joined(programme, pieces))
    for batch, piece in zip(population.batches(CHUNK), pieces, strict=True):
        settle(programme, batch, piece, within(overrides, batch))
        storage.keep(batch, piece, overrides)
        yield first + (len(population) + batch.start + batch.n) // 2


def _renew(run: Run, loaded: LoadedSeason, progress: Progress) -> bool:
    """Judge only whoever changed since the base run. False, with nothing done, where everybody has to be judged."""
    base, programme, frame = run.base, loaded.programme, loaded.frame(run.at)
    if base is None or base.state != Run.State.DONE or run.purpose != Run.Purpose.TRIAL:
        return False
    same = (base.season_id, base.rules_digest, base.engine_version) == (
        run.season_id,
        run.rules_digest,
        run.engine_version,
    )
    if not same or programme.ranked or not same_moment(loaded.frame(base.at), frame):
        return False
    with snapshot(students=0) as facts:
        # Asked after the snapshot began, so that no change is seen in the facts and missed in the list.
        changed = changed_since(base, base.snapshot_at - OVERLAP, run.at)
        if len(changed) > FEW:
            return False
        tables = load_tables(facts, explained_by(programme), Who(among=tuple(changed)))
    progress(0, len(changed), "judging")
    overrides = _overrides(run, programme, tables.students.key)
    audited = audit_tables(programme, frame, tables, overrides=overrides)
    with Storage(run.id, programme) as storage:
        if len(audited):
            storage.keep(audited.population.batch(0, len(audited)), audited.judged, overrides)
    _copy_others(run, base, changed)
    old = stored_outcomes(base, changed, len(programme.rules), len(programme.books))
    digest = plus(base.digest, old, sign=-1)
    renewed = stored_outcomes(run, changed, len(programme.rules), len(programme.books))
    run.digest = plus(digest, renewed)
    run.audited, run.students = len(audited), base.students - len(old) + len(audited)
    run.counts = _counted(run, programme)
    return True


def same_moment(one: Frame, other: Frame) -> bool:
    """Can no rule tell the two moments apart? Rules look at the day, and at which entries of the calendar have closed."""
    zone = one.school.zone
    days = {frame.at.astimezone(zone).date() for frame in (one, other)}
    first, last = sorted((one.at, other.at))
    return len(days) == 1 and not any(first < closing <= last for closing in other.calendar.values())


def _copy_others(run: Run, base: Run, changed: list[int]) -> None:
    names = ", ".join(column for column in columns_of(Outcome) if column != "run_id")
    table = Outcome._meta.db_table
    without = f" AND student_id NOT IN ({', '.join(map(str, changed))})" if changed else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (run_id, {names}) SELECT %s, {names} FROM {table} WHERE run_id = %s{without}",  # noqa: S608
            [run.id, base.id],
        )


def _counted(run: Run, programme: Programme) -> dict[str, object]:
    """The tally of a run that was put together from two."""
    columns = ("candidate", "inside", "conclusion", "not_met", "unknown", "not_required")
    found = Outcome.objects.filter(run_id=run.id).order_by().values_list("student__centre__name", *columns)
    groups = list(found.annotate(students=Count("student_id")))
    tally = Tally(programme)
    if groups:
        centres, *rest = zip(*groups, strict=True)
        tally.add(Group(Coded.of(list(centres)), *(np.array(column, np.int64) for column in rest)))
    return tally.plain()


def _overrides(run: Run, programme: Programme, keys: "np.typing.NDArray[np.int64]") -> tuple[Override, ...]:
    """What people decided and what still holds at the moment asked about, by rows of the population."""
    number_of = {rule.id: number for number, rule in enumerate(programme.rules)}
    given = GivenOverride.objects.filter(season_id=run.season_id, rule__in=number_of, withdrawn_at__isnull=True)
    row_of = positions(keys)
    rows: dict[tuple[int, int], list[int]] = {}
    for student, rule, verdict, expires_at in given.values_list("student_id", "rule", "verdict", "expires_at"):
        holds = expires_at is None or expires_at > run.at
        if holds and student < len(row_of) and row_of[student] >= 0:
            rows.setdefault((number_of[rule], verdict), []).append(int(row_of[student]))
    return tuple(
        Override(rule, np.array(sorted(found), np.intp), Verdict(verdict))
        for (rule, verdict), found in sorted(rows.items())
    )


@transaction.atomic
def _finish(run: Run, *, by: Actor, at: datetime) -> None:
    run.state, run.finished_at = Run.State.DONE, at
    run.save()
    record(
        by=by,
        at=at,
        action="run_audit" if run.purpose == Run.Purpose.TRIAL else "rehearse_rules",
        subject=f"run:{run.id}",
        after={
            "season": run.season.stem,
            "rules": run.rules.number,
            "rules_digest": run.rules_digest,
            "students": run.students,
            "audited": run.audited,
            "digest": run.digest,
        },
    )
