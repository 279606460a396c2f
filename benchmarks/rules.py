"""基准: the rules alone, on invented results in memory: folding attempts, judging chunks, one student, what-if variants.

python -m benchmarks.rules [school season]
"""

import sys
from collections.abc import Callable
from time import process_time

import numpy as np

from biye.audit.core.batch import Batch
from biye.audit.core.engine import Programme, judge
from biye.audit.core.grades import GradeGrid, Scale
from biye.audit.core.loading import load_season
from biye.audit.core.plans import PlanGrid, plan_grid
from biye.foundation.codes import Kind, Outcome, Part
from biye.foundation.moments import minute_of
from biye.records.core.tables import Coded, Courses, Exams, Fees, Photos, Plans, Students
from biye.seasons.core.frame import Frame

CHUNK, STUDENTS, PLANS, SLOTS, MODULES, ROWS = 16_384, 163_840, 200, 36, 4, 30


def main(school: str = "tju-online", season: str = "2022-autumn") -> None:
    """Print what each piece of work costs."""
    loaded = load_season(school, season)
    frame = loaded.frame(max(loaded.season.closing.values()))
    draw = np.random.default_rng(1)
    plans = invent_plans(draw)
    students = invent_students(draw, STUDENTS, frame)
    grid, rows, seconds = fold(draw, plans, students.plan, frame, loaded.programme)
    print(f"折叠成绩  {rows / seconds / 1e6:6.1f} 百万行/秒（{rows / 1e6:.1f} 百万行）")
    chunks = [batch(draw, frame, plans, students, grid, start) for start in range(0, STUDENTS, CHUNK)]
    seconds = best(lambda: [judge(loaded.programme, fresh(one)) for one in chunks])
    print(f"审查      {STUDENTS / seconds / 1e3:6.0f} 千人/秒（{len(loaded.programme.rules)} 条规则，每批 {CHUNK} 人）")
    for size in (1, 500):
        one = batch(draw, frame, plans, students, grid, 0, size)
        print(f"{size:3d} 人一批 {best(lambda one=one: judge(loaded.programme, fresh(one)), 50) * 1e3:7.2f} 毫秒")
    for rule in loaded.programme.rules:
        seconds = best(lambda rule=rule: [rule.kind.measure(fresh(one), rule.params) for one in chunks])
        print(f"  {rule.id:20s} {seconds / len(chunks) * 1e3:6.2f} 毫秒一批")


def best(work: Callable[[], object], times: int = 5) -> float:
    """The quickest of several runs, in seconds of this process alone."""
    seconds = []
    for _ in range(times):
        start = process_time()
        work()
        seconds.append(process_time() - start)
    return min(seconds)


def fresh(one: Batch) -> Batch:
    """The same facts with nothing derived yet."""
    children = {name: getattr(one, name) for name in ("exams", "certificates", "fees", "photos")}
    return Batch(one.frame, one.students, one.plans, one.grades, one.start, **children)


def invent_plans(draw: np.random.Generator) -> PlanGrid:
    """200 plans of 36 courses in four modules, out of 1,600 courses."""
    courses = Courses([f"c{i:04d}" for i in range(1600)], [f"课程{i}" for i in range(1600)])
    slots = PLANS * SLOTS
    kind = np.tile(np.where(np.arange(SLOTS) < 24, Kind.REQUIRED, Kind.ELECTIVE), PLANS).astype(np.int8)
    kind[SLOTS - 1 :: SLOTS], kind[SLOTS - 2 :: SLOTS] = Kind.THESIS, Kind.PRACTICE
    asked = [word for _ in range(PLANS) for word in ("大学英语B", "计算机应用基础")]
    return plan_grid(
        Plans(
            code=[f"p{i}" for i in range(PLANS)],
            total_credits=np.full(PLANS, 800, np.int32),
            module_plan=np.repeat(np.arange(PLANS, dtype=np.int32), MODULES),
            module_code=[f"m{i % MODULES}" for i in range(PLANS * MODULES)],
            module_name=[f"模块{i % MODULES}" for i in range(PLANS * MODULES)],
            module_credits=np.full(PLANS * MODULES, 180, np.int32),
            module_overflow=np.where(np.arange(PLANS * MODULES) % MODULES, -1, np.arange(PLANS * MODULES) + 3).astype(
                np.int32
            ),
            slot_plan=np.repeat(np.arange(PLANS, dtype=np.int32), SLOTS),
            slot_course=np.concatenate([draw.choice(1600, SLOTS, replace=False) for _ in range(PLANS)]).astype(
                np.int32
            ),
            slot_module=np.repeat(np.arange(PLANS) * MODULES, SLOTS).astype(np.int32)
            + np.tile(np.arange(SLOTS) % MODULES, PLANS).astype(np.int32),
            slot_credits=draw.choice([20, 25, 30, 40], slots).astype(np.int32),
            slot_kind=kind,
            slot_assessment=draw.integers(0, 2, slots).astype(np.int8),
            slot_core=(draw.random(slots) < 0.2).astype(np.int8),
            slot_degree=(draw.random(slots) < 0.1).astype(np.int8),
            substitution_plan=np.full(20, -1, np.int32),
            substitution_taken=draw.choice(1600, 20).astype(np.int32),
            substitution_counts_as=draw.choice(1600, 20).astype(np.int32),
            exam_plan=np.repeat(np.arange(PLANS, dtype=np.int32), 2),
            exam_subject=asked,
        ),
        courses,
    )


def invent_students(draw: np.random.Generator, n: int, frame: Frame) -> Students:
    """Students of every level; one in fifty has a part of the grades not imported."""
    levels = list(frame.school.levels)
    every = sum(1 << part for part in Part)
    return Students(
        key=np.arange(n, dtype=np.int64),
        student_no=[""] * n,
        name=[""] * n,
        level=Coded(draw.integers(0, len(levels), n).astype(np.int32), levels),
        mode=Coded(np.zeros(n, np.int32), [frame.school.modes[0]]),
        centre=Coded(draw.integers(0, 60, n).astype(np.int32), [f"中心{i}" for i in range(60)]),
        status=Coded(np.zeros(n, np.int32), [frame.school.statuses["active"][0]]),
        major=Coded.empty(n),
        entry=(frame.season_term - draw.integers(4, 11, n)).astype(np.int16),
        plan=draw.integers(0, PLANS, n).astype(np.int32),
        suspended_terms=np.zeros(n, np.int16),
        birth_day=np.zeros(n, np.int32),
        sex=np.ones(n, np.int8),
        identity_type=Coded.empty(n),
        identity=np.zeros(n, "S18"),
        outside_system=np.zeros(n, bool),
        covered=np.where(draw.random(n) < 0.02, every & ~(1 << Part.THESIS), every).astype(np.int32),
    )


def fold(
    draw: np.random.Generator, plans: PlanGrid, plan: np.ndarray, frame: Frame, programme: Programme
) -> tuple[GradeGrid, int, float]:
    """Thirty results a student, in pieces as they arrive from a database; how many, and how long it took."""
    scale = frame.school.scale()
    grid = GradeGrid(plans, plan, Scale.of(scale.pass_score, scale.numbers), programme.attempts)
    seconds = 0.0
    for start in range(0, len(plan), CHUNK):
        n = min(CHUNK, len(plan) - start)
        student = np.repeat(np.arange(start, start + n, dtype=np.int32), ROWS)
        course = plans.course[plan[student], draw.integers(0, SLOTS, n * ROWS)]
        word = draw.random(n * ROWS) < 0.05
        score = np.where(word, -1, draw.integers(40, 101, n * ROWS) * 100).astype(np.int32)
        mark = np.where(word, draw.integers(1, 12, n * ROWS), 0).astype(np.int8)
        obtained = draw.choice(6, n * ROWS, p=[0.85, 0.05, 0.04, 0.03, 0.0, 0.03]).astype(np.int8)
        term = draw.integers(4040, 4045, n * ROWS).astype(np.int16)
        begin = process_time()
        grid.add(student, course, score, mark, obtained, term)
        seconds += process_time() - begin
    return grid, len(plan) * ROWS, seconds


def batch(
    draw: np.random.Generator,
    frame: Frame,
    plans: PlanGrid,
    students: Students,
    grid: GradeGrid,
    start: int,
    n: int = CHUNK,
) -> Batch:
    """The students from `start` on, with exams, photos, fees."""
    from biye.records.core.tables import take_rows

    each = np.repeat(np.arange(n, dtype=np.int32), 2)
    end = minute_of(max(frame.calendar.values()))
    words = [*frame.school.photo.comparison.passed, *frame.school.photo.comparison.failed]
    return Batch(
        frame,
        take_rows(students, np.arange(start, start + n)),
        plans,
        grid,
        start,
        exams=Exams(
            each,
            Coded(np.tile(np.array([0, 1], np.int32), n), ["大学英语B", "计算机应用基础"]),
            draw.choice([Outcome.PASSED, Outcome.EXEMPT, Outcome.NOT_PASSED], 2 * n, p=[0.9, 0.05, 0.05]).astype(
                np.int8
            ),
            np.full(2 * n, 7000, np.int32),
            Coded.empty(2 * n),
        ),
        photos=Photos(
            np.arange(n, dtype=np.int32),
            np.ones(n, np.int8),
            end - draw.integers(-10, 100_000, n),
            Coded(draw.integers(0, len(words), n).astype(np.int32), words),
            end - draw.integers(-10, 100_000, n),
            np.ones(n, np.int8),
        ),
        fees=Fees(
            each,
            Coded(np.zeros(2 * n, np.int32), ["学费"]),
            np.tile(np.array([2020, 2021], np.int16), n),
            np.full(2 * n, 300_000, np.int64),
            draw.choice([300_000, 0], 2 * n, p=[0.98, 0.02]).astype(np.int64),
            np.zeros(2 * n, np.int32),
        ),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
