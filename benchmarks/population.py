"""大规模虚构学籍: record tables of any size, as Arrow batches ready for a bulk write. Nobody in them is real.

Students differ in what they passed, retook, substituted and left out; nine in ten or so fulfil their plan. Results are
written term by term, as sheets arrive, so that one student's rows do not lie side by side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from biye.foundation.codes import Assessment, Kind, Mark, Obtained, Outcome, Part
from biye.seasons.core.school import School

PLANS, COURSES_A_PLAN, MODULES = 200, 36, 4
RESULTS, TERMS = 30, 5
COURSES = 1_600
CENTRES = 60
CREDITS, MODULE_CREDITS = 30, 200  # tenths
SUBJECTS = ("大学英语B", "计算机应用基础")
BLOCK = 100_000
EVERYTHING = (1 << len(Part)) - 1
Rows = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is drawn: how many students, from which seed, intake term and words of which school."""

    students: int
    school: School
    entry: int
    seed: int = 20_220_615

    def generator(self, *stream: int) -> np.random.Generator:
        """The stream of chance for one piece of the data, whatever order pieces are made in."""
        return np.random.default_rng((self.seed, *stream))

    @property
    def levels(self) -> list[str]:
        """Level of each plan: two plans in three are of the last level that the school names, where exams are asked."""
        names = [name for name in ("专科", "专升本") if name in self.school.levels] or list(self.school.levels)
        return [names[-1] if plan % 3 else names[0] for plan in range(PLANS)]


def plan_courses(shape: Shape) -> Rows:
    """Course ids (from 1) of each plan, (PLANS, COURSES_A_PLAN)."""
    draw = shape.generator(1)
    return np.stack([np.sort(draw.choice(COURSES, COURSES_A_PLAN, replace=False)) + 1 for _ in range(PLANS)])


def slot_kind(slot: int) -> Kind:
    """The last slot of a plan is the thesis, the one before it practice; the third module is elective."""
    if slot == COURSES_A_PLAN - 1:
        return Kind.THESIS
    if slot == COURSES_A_PLAN - 2:
        return Kind.PRACTICE
    return Kind.ELECTIVE if slot * MODULES // COURSES_A_PLAN == MODULES - 2 else Kind.REQUIRED


def small_tables(shape: Shape) -> dict[str, pa.Table]:
    """Centres, courses, plans, modules, plan courses, substitutions and exams asked, by table name."""
    courses = plan_courses(shape)
    plan, slot = np.divmod(np.arange(PLANS * COURSES_A_PLAN), COURSES_A_PLAN)
    module = slot * MODULES // COURSES_A_PLAN
    kinds = np.array([slot_kind(number) for number in range(COURSES_A_PLAN)])
    asked = [number for number, level in enumerate(shape.levels) if level != "专科"]
    swapped = np.arange(PLANS)
    centre = np.arange(CENTRES)
    course = np.arange(COURSES)
    return {
        "records_centre": _table(
            id=centre + 1,
            code=[f"C{number:03d}" for number in centre],
            name=[f"第{number + 1}学习中心" for number in centre],
            kind=[""] * CENTRES,
            telephone=[""] * CENTRES,
            address=[""] * CENTRES,
        ),
        "records_course": _table(
            id=course + 1,
            code=[f"K{number:05d}" for number in course],
            name=[f"课程{number:04d}" for number in course],
        ),
        "records_plan": _table(
            id=np.arange(PLANS) + 1,
            code=[f"P{number:03d}" for number in range(PLANS)],
            name=[f"第{number + 1}号教学计划" for number in range(PLANS)],
            total_credits=np.full(PLANS, MODULES * MODULE_CREDITS),
        ),
        "records_planmodule": _table(
            id=np.arange(PLANS * MODULES) + 1,
            plan_id=np.repeat(np.arange(PLANS), MODULES) + 1,
            code=[f"M{number % MODULES + 1}" for number in range(PLANS * MODULES)],
            name=[f"模块{number % MODULES + 1}" for number in range(PLANS * MODULES)],
            credits=np.full(PLANS * MODULES, MODULE_CREDITS),
        ),
        "records_plancourse": _table(
            id=np.arange(len(slot)) + 1,
            plan_id=plan + 1,
            course_id=courses.ravel(),
            module_id=plan * MODULES + module + 1,
            credits=np.full(len(slot), CREDITS),
            kind=kinds[slot].astype(np.int16),
            assessment=np.where(slot % 3 == 0, Assessment.ASSESSED, Assessment.EXAMINED).astype(np.int16),
            is_core=slot % 9 == 0,
            is_degree=slot % 9 == 1,
        ),
        "records_substitution": _table(
            id=swapped + 1,
            plan_id=swapped + 1,
            taken_id=substitute_course(courses),
            counts_as_id=courses[:, 5],
        ),
        "records_planexam": _table(
            id=np.arange(len(asked) * len(SUBJECTS)) + 1,
            plan_id=np.repeat(asked, len(SUBJECTS)) + 1,
            subject=list(SUBJECTS) * len(asked),
        ),
    }


def substitute_course(courses: Rows) -> Rows:
    """For each plan the course (in none of its slots) that counts as the one in slot 5."""
    return np.array(
        [next(one for one in range(1, COURSES + 1) if one not in plan) for plan in map(set, courses.tolist())]
    )


def blocks(shape: Shape) -> Iterator[tuple[int, int]]:
    """Ranges of student numbers, BLOCK at a time."""
    for start in range(0, shape.students, BLOCK):
        yield start, min(start + BLOCK, shape.students)


def plans_of(shape: Shape, start: int, stop: int) -> Rows:
    """Plan position of each student of a block."""
    return shape.generator(2, start).integers(0, PLANS, stop - start, dtype=np.int32)


def students(shape: Shape) -> Iterator[pa.Table]:
    """学生."""
    active, suspended, withdrawn = (
        shape.school.statuses[meaning][0] for meaning in ("active", "suspended", "withdrawn")
    )
    mode = shape.school.modes[0]
    levels = np.array(shape.levels)
    for start, stop in blocks(shape):
        draw, number, n = shape.generator(3, start), np.arange(start, stop), stop - start
        plan = plans_of(shape, start, stop)
        status = np.array([active, suspended, withdrawn])[np.searchsorted((0.98, 0.99), draw.random(n))]
        covered = np.where(draw.random(n) < 0.02, EVERYTHING & ~(1 << Part.EXAMS), EVERYTHING)
        born = 6_000 + draw.integers(0, 7_000, n)
        yield _table(
            id=number + 1,
            student_no=[f"20{value:08d}" for value in number],
            exam_no=[""] * n,
            name=[f"学生{value:07d}" for value in number],
            sex=draw.integers(1, 3, n).astype(np.int16),
            birth_date=pa.array(born.astype(np.int32), pa.date32()),
            ethnicity=["汉族"] * n,
            political_status=["群众"] * n,
            identity_type=["居民身份证"] * n,
            identity_number=[_identity(value) for value in number],
            telephone=[""] * n,
            email=[""] * n,
            level=levels[plan].tolist(),
            mode=[mode] * n,
            entry=np.where(draw.random(n) < 0.9, shape.entry, shape.entry - 4).astype(np.int16),
            major_code=[f"{value:04d}" for value in plan],
            major=[f"专业{value // 2}" for value in plan],
            class_name=[""] * n,
            centre_id=draw.integers(1, CENTRES + 1, n).astype(np.int32),
            plan_id=plan + 1,
            status=status.tolist(),
            suspended_terms=np.zeros(n, np.int16),
            is_outside_system=draw.random(n) < 0.01,
            covered=covered.astype(np.int32),
        )


def _identity(number: int) -> str:
    """An identity number of an area that does not exist, with its right check digit."""
    digits = f"9901{number % 90 + 10:02d}19800101{number % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(a) * b for a, b in zip(digits, weights, strict=True)) % 11]


def results(shape: Shape) -> Iterator[pa.Table]:
    """成绩: 27 courses of the plan, one of them by substitution for some, and three re-sits or further courses."""
    courses = plan_courses(shape)
    substitutes = substitute_course(courses)
    a_term = RESULTS // TERMS
    for term in range(TERMS):
        for start, stop in blocks(shape):
            draw = shape.generator(4, start)
            n, plan = stop - start, plans_of(shape, start, stop)
            weakness = draw.random((n, 1), dtype=np.float32) ** 6 * 0.6
            slots = np.argsort(draw.random((n, COURSES_A_PLAN - 1), dtype=np.float32), axis=1)[:, : RESULTS - 3]
            slots[:, 0] = COURSES_A_PLAN - 1  # everybody writes a thesis
            score = draw.integers(120, 196, (n, RESULTS), dtype=np.int16) * 50
            failed = draw.random((n, RESULTS - 3), dtype=np.float32) < weakness + 0.01
            score[:, : RESULTS - 3][failed] -= 3_600
            obtained = np.full((n, RESULTS), Obtained.FIRST, np.int16)
            again = np.argsort(~failed, axis=1, kind="stable")[:, :3]
            slots = np.concatenate([slots, np.take_along_axis(slots, again, 1)], axis=1)
            obtained[:, RESULTS - 3 :] = Obtained.RESIT
            course = courses[plan[:, None], slots]
            swapped = (slots == 5) & (draw.random((n, 1)) < 0.3)
            course = np.where(swapped, substitutes[plan][:, None], course)
            mark = np.where(draw.random((n, RESULTS)) < 0.05, Mark.GOOD, Mark.NUMBER).astype(np.int16)
            score[mark != Mark.NUMBER] = -1
            columns = slice(term * a_term, (term + 1) * a_term)
            yield _table(
                student_id=np.repeat(np.arange(start, stop, dtype=np.int32) + 1, a_term),
                course_id=course[:, columns].ravel().astype(np.int32),
                term=np.full(n * a_term, shape.entry + term, np.int16),
                obtained=obtained[:, columns].ravel(),
                sequence=np.ones(n * a_term, np.int16),
                score=score[:, columns].ravel(),
                mark=mark[:, columns].ravel(),
            )


def exams(shape: Shape) -> Iterator[pa.Table]:
    """统考 of those whose plan asks for it: most passed, some exempt, some missing."""
    asked = np.array([level != "专科" for level in shape.levels])
    for start, stop in blocks(shape):
        draw = shape.generator(5, start)
        student = np.repeat(np.arange(start, stop)[asked[plans_of(shape, start, stop)]] + 1, len(SUBJECTS))
        subject = np.tile(np.arange(len(SUBJECTS)), len(student) // len(SUBJECTS))
        outcome = np.array([Outcome.PASSED, Outcome.EXEMPT, Outcome.NOT_PASSED], np.int16)[
            np.searchsorted((0.88, 0.97), draw.random(len(student)))
        ]
        taken = draw.random(len(student)) < 0.98
        yield _table(
            student_id=student[taken].astype(np.int32),
            subject=np.array(SUBJECTS)[subject[taken]].tolist(),
            outcome=outcome[taken],
            score=np.where(outcome == Outcome.PASSED, 7_000, -1).astype(np.int16)[taken],
            reason=np.where(outcome == Outcome.EXEMPT, "年满40周岁", "")[taken].tolist(),
        )


def fees(shape: Shape) -> Iterator[pa.Table]:
    """交费: one row each, one in fifty in arrears."""
    for start, stop in blocks(shape):
        draw, n = shape.generator(6, start), stop - start
        yield _table(
            student_id=np.arange(start, stop, dtype=np.int32) + 1,
            kind=["学费"] * n,
            year=np.full(n, shape.entry // 2, np.int16),
            due=np.full(n, 220_000, np.int64),
            paid=np.where(draw.random(n) < 0.98, 220_000, 110_000).astype(np.int64),
            posted_on=pa.array([date(2021, 9, 1)] * n, pa.date32()),
        )


def certificates(shape: Shape) -> Iterator[pa.Table]:
    """外语证书: one student in three."""
    for start, stop in blocks(shape):
        student = np.flatnonzero(shape.generator(7, start).random(stop - start) < 0.3).astype(np.int32) + start + 1
        yield _table(
            student_id=student,
            kind=["学位英语"] * len(student),
            score=np.full(len(student), 6_000, np.int32),
            obtained_on=pa.array([date(2021, 11, 20)] * len(student), pa.date32()),
        )


def photos(shape: Shape) -> Iterator[pa.Table]:
    """学信网照片: nearly everybody's is there in time and compares well."""
    passed, failed = shape.school.photo.comparison.passed[0], shape.school.photo.comparison.failed[0]
    in_time = datetime(2022, 6, 15, 3, 59, tzinfo=UTC)
    for start, stop in blocks(shape):
        draw, n = shape.generator(8, start), stop - start
        there = draw.random(n) < 0.97
        at = pa.array([in_time] * n, pa.timestamp("us", "UTC"))
        yield _table(
            student_id=np.arange(start, stop, dtype=np.int32) + 1,
            at_chsi=there,
            at_chsi_since=at,
            comparison=np.where(draw.random(n) < 0.98, passed, failed).tolist(),
            compared_at=at,
            specification=np.ones(n, np.int16),
        )


BIG_TABLES = {
    "records_student": students,
    "records_result": results,
    "records_unifiedexam": exams,
    "records_fee": fees,
    "records_certificate": certificates,
    "records_chsiphoto": photos,
}


def _table(**columns: object) -> pa.Table:
    """Arrow columns; plain integers become the 32 bits that Django's AutoField and IntegerField are."""
    arrays = {name: values if isinstance(values, pa.Array) else pa.array(values) for name, values in columns.items()}
    return pa.table(
        {
            name: array.cast(pa.int32()) if array.type == pa.int64() and name not in ("due", "paid") else array
            for name, array in arrays.items()
        }
    )
