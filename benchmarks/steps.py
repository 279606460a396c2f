"""基准步骤: what one fresh process measures; each prints its figures as a line of JSON. Run by `benchmarks.audit`."""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()

import numpy as np  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks import by_objects, storage  # noqa: E402
from benchmarks.population import Shape  # noqa: E402
from biye.audit.actions.rules import adopt_rules  # noqa: E402
from biye.audit.actions.run_audit import run_audit  # noqa: E402
from biye.audit.core.explain.explanation import Explainer  # noqa: E402
from biye.audit.core.pipeline import audit_tables  # noqa: E402
from biye.audit.core.variants import Edit, one_student, variants  # noqa: E402
from biye.audit.models.run import Outcome, Rules, Run  # noqa: E402
from biye.audit.queries.facts import explained_by  # noqa: E402
from biye.audit.queries.rules import read_rules  # noqa: E402
from biye.foundation.actor import SYSTEM  # noqa: E402
from biye.foundation.terms import term  # noqa: E402
from biye.foundation.verdicts import Verdict  # noqa: E402
from biye.machinery.columns.core.selecting import Who  # noqa: E402
from biye.machinery.columns.reading import here  # noqa: E402
from biye.records.queries.columns import load_tables  # noqa: E402
from biye.seasons.core.folder import load_school  # noqa: E402
from biye.seasons.models.season import Season  # noqa: E402

AT = datetime(2022, 6, 16, tzinfo=UTC)
STEM, SEASON_TERM, ENTRY = "2022-autumn", "2022秋", "2020春"
VARIANTS = 500
HANDED_OVER = {
    "records_student": "id, plan_id, suspended_terms, is_outside_system, entry, covered, centre_id, level, mode, status",
    "records_result": "student_id, course_id, score, mark, obtained",
    "records_unifiedexam": "student_id, subject, outcome, score, reason",
    "records_certificate": "student_id, kind, score, obtained_on",
    "records_chsiphoto": "student_id, at_chsi, at_chsi_since, comparison, compared_at, specification",
}


def make(students: int) -> dict[str, object]:
    """The real schema, filled; not timed."""
    storage.make(Shape(students, load_school("tju-online"), term(ENTRY)))
    season = Season.objects.create(stem=STEM, label="2022年秋季", term=term(SEASON_TERM), opened_at=AT)
    adopt_rules(season.id, Path(settings.SCHOOL_FOLDER), by=SYSTEM, at=AT)
    return {}


def floor() -> dict[str, object]:
    """The database's own time to hand over the rows, column by column, to nobody."""
    began = time.perf_counter()
    for table, columns in HANDED_OVER.items():
        storage.hand_over(f"SELECT {columns} FROM {table}")  # noqa: S608
    return {"seconds": time.perf_counter() - began}


def audit() -> dict[str, object]:
    """From the database to stored verdicts and findings, by the same call that the office's button makes."""
    Outcome.objects.all().delete()
    rules = Rules.objects.get()
    read_rules(rules)
    heard: list[float] = []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()

    def hear(done: int, total: int, message: str) -> None:
        if message == "judging" and not heard:
            heard.append(time.perf_counter() - began)

    run = run_audit(rules.id, by=SYSTEM, at=AT, now=datetime.now(UTC), progress=hear)
    seconds = time.perf_counter() - began
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "students": run.students,
        "seconds": seconds,
        "read": heard[0],
        "peak": own / 1024,
        "peak_of_a_child": children / 1024,
        "before": before / 1024,
        "digest": run.digest,
    }


def objects(sample: int) -> dict[str, object]:
    """The batched ORM way on a sample: reading alone, then reading and judging; verdicts compared one by one."""
    rules = Rules.objects.select_related("season").get()
    judge = by_objects.Judge(read_rules(rules), AT)
    began = time.perf_counter()
    for student in by_objects.students(sample):
        student.results.all()
    reading = time.perf_counter() - began
    began = time.perf_counter()
    found = {student.id: judge.verdicts(student) for student in by_objects.students(sample)}
    seconds = time.perf_counter() - began
    run = Run.objects.filter(state=Run.State.DONE).order_by("-id")[0]
    differ = sum(
        found[one.student_id] != [_verdict(one, number) for number in range(len(found[one.student_id]))]
        for one in Outcome.objects.filter(run_id=run.id, student_id__in=list(found)).defer("figures")
    )
    return {"students": len(found), "seconds": seconds, "reading": reading, "differ": differ}


def _verdict(outcome: Outcome, number: int) -> Verdict:
    for bits, verdict in (
        (outcome.not_met, Verdict.NOT_MET),
        (outcome.unknown, Verdict.UNKNOWN),
        (outcome.not_required, Verdict.NOT_REQUIRED),
    ):
        if bits >> number & 1:
            return verdict
    return Verdict.MET


def one(students: int) -> dict[str, object]:
    """One student with everything that is said, queries included; and one student five hundred times over."""
    rules = Rules.objects.select_related("season").get()
    loaded = read_rules(rules)
    frame, programme = loaded.frame(AT), loaded.programme
    wanted = explained_by(programme)
    ids = np.random.default_rng(1).integers(1, students + 1, 300).tolist()
    tables = load_tables(here(), wanted, Who(among=(ids[0],)))

    def explain(student_id: int) -> object:
        facts = load_tables(here(), wanted, Who(among=(student_id,)))
        return Explainer(loaded, audit_tables(programme, frame, facts)).full(0)

    alone = one_student(tables, 0)
    edits = [Edit({number % len(tables.courses.code): 6_000}) for number in range(VARIANTS)]
    return {
        "milliseconds": _typical([lambda one=one: explain(one) for one in ids]),
        "reading": _typical([lambda one=one: load_tables(here(), wanted, Who(among=(one,))) for one in ids]),
        "judging": _typical([lambda: audit_tables(programme, frame, tables)] * 100),
        "variants": _typical([lambda: variants(programme, frame, alone, edits)] * 30),
    }


def _typical(calls: list[Callable[[], object]]) -> float:
    """Median in milliseconds, the first calls left out."""
    taken = []
    for call in calls:
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1_000)
    return statistics.median(taken[len(taken) // 10 :])


STEPS: dict[str, Callable[..., dict[str, object]]] = {
    step.__name__: step for step in (make, floor, audit, objects, one)
}

if __name__ == "__main__":
    name, *numbers = sys.argv[1:]
    figures = STEPS[name](*map(int, numbers))
    connection.close()
    print(json.dumps({**figures, "load": os.getloadavg()[0]}))
