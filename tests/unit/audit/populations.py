"""Invented record tables for the rules: small plans, few students, every kind of gap, figures close to their limits."""

from random import Random

import numpy as np

from biye.foundation.codes import GRADE_PARTS, Assessment, Kind, Mark, Obtained, Outcome, Part
from biye.foundation.moments import day_number, minute_of, moment
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import (
    NO_DAY,
    Certificates,
    Coded,
    Courses,
    Exams,
    Fees,
    Flags,
    History,
    Photos,
    Plans,
    RecordTables,
    Results,
    Sanctions,
    Students,
)
from tests.unit.audit.institution import SEASON

SCORES = (0, 5_999, 6_000, 6_001, 6_990, 6_999, 7_000, 7_001, 7_999, 8_000, 10_000)
NOON = minute_of(moment("2022-06-15 12:00"))
DEADLINE = day_number(moment("2022-06-15 00:00").date())
IDENTITIES = (  # published samples of the standard, and spoilt ones
    (b"11010519491231002X", 19491231, 2),
    (b"440524188001010014", 18800101, 1),
    (b"34052419800101001X", 19800101, 1),
    (b"340524800101001", 19800101, 1),
    (b"340524198001010011", 19800101, 1),
    (b"340524198002300010", None, 1),
    (b"", None, 0),
)


def population(random: Random, students: int, courses: int, widest: int = 6) -> RecordTables:
    """Tables of so many students and courses; no plan has more than `widest` courses."""
    names = [random.choice(("大学英语", "政治", "数学", "毕业论文")) + str(i) for i in range(courses)]
    catalogue = Courses(code=random.sample([f"c{i:02d}" for i in range(courses)], courses), name=names)
    plans = _plans(random, courses, widest)
    return RecordTables(
        students=_students(random, students, plans.code),
        plans=plans,
        courses=catalogue,
        results=_results(random, students, courses),
        exams=_exams(random, students),
        certificates=_certificates(random, students),
        fees=_fees(random, students),
        sanctions=_sanctions(random, students),
        flags=_flags(random, students),
        photos=_photos(random, students),
        history=_history(random, students),
    )


def _plans(random: Random, courses: int, widest: int) -> Plans:
    plans = Plans()
    modules: list[tuple[int, int]] = []
    overflow: list[int] = []
    slots: list[tuple[int, ...]] = []
    count = random.randint(1, 3)
    for plan in range(count):
        mine = random.randint(0, 3)
        first = len(modules)
        modules += [(plan, random.choice((0, 10, 30, 50))) for _ in range(mine)]
        overflow += [random.choice((-1, *range(first, first + mine))) for _ in range(mine)]
        for course in random.sample(
            range(courses), random.randint(min(courses, widest) - 6 if widest > 6 else 0, min(courses, widest))
        ):
            kind, how = random.choice(list(Kind)), random.choice(list(Assessment))
            slots.append(
                (
                    plan,
                    course,
                    random.choice((-1, *range(first, first + mine))),
                    random.choice((0, 5, 10, 15, 20, 30)),
                    kind,
                    how,
                    random.random() < 0.4,
                    random.random() < 0.4,
                )
            )
    random.shuffle(slots)
    table = np.array(slots, np.int64).reshape(-1, 8)
    plans.code = [f"p{plan}" for plan in range(count)]
    plans.total_credits = np.array([random.choice((-1, 20, 50, 70)) for _ in range(count)], np.int32)
    plans.module_plan = np.array([plan for plan, _ in modules], np.int32)
    plans.module_credits = np.array([asked for _, asked in modules], np.int32)
    plans.module_code = [random.choice("ABC") for _ in modules]
    plans.module_name = [random.choice(("公共", "专业", "选修")) for _ in modules]
    plans.module_overflow = np.array(overflow, np.int32)
    plans.slot_plan, plans.slot_course, plans.slot_module, plans.slot_credits = table[:, :4].T.astype(np.int32)
    plans.slot_kind, plans.slot_assessment, plans.slot_core, plans.slot_degree = table[:, 4:].T.astype(np.int8)
    swaps = random.randint(0, 4)
    plans.substitution_plan = np.array([random.randint(-1, count - 1) for _ in range(swaps)], np.int32)
    plans.substitution_taken = np.array([random.randrange(courses) for _ in range(swaps)], np.int32)
    plans.substitution_counts_as = np.array([random.randrange(courses) for _ in range(swaps)], np.int32)
    asked = [(plan, word) for plan in range(count) for word in ("英语", "计算机", "数学") if random.random() < 0.4]
    plans.exam_plan = np.array([plan for plan, _ in asked], np.int32)
    plans.exam_subject = [word for _, word in asked]
    return plans


def _students(random: Random, n: int, plans: list[str]) -> Students:
    def words(*choices: str | None) -> Coded:
        return Coded.of([random.choice(choices) for _ in range(n)])

    shown = [random.choice(IDENTITIES) for _ in range(n)]
    every_part = sum(1 << part for part in Part)
    covered = []
    for _ in range(n):
        missing = sum(1 << part for part in Part if part not in GRADE_PARTS and random.random() < 0.2)
        if random.random() < 0.3:
            missing |= 1 << random.choice(GRADE_PARTS)
        covered.append(every_part & ~missing)
    return Students(
        key=np.arange(n, dtype=np.int64),
        student_no=[f"s{i:04d}" for i in range(n)],
        name=[f"学生{i}" for i in range(n)],
        level=words("专科", "专升本", "高起本", None),
        mode=words("函授", "业余", None),
        centre=words("河东", "河西", None),
        status=words("在籍", "休学", "退学", None),
        major=words("会计", None),
        entry=np.array([random.choice((-1, *range(SEASON - 15, SEASON + 1))) for _ in range(n)], np.int16),
        plan=np.array([random.randint(-1, len(plans) - 1) for _ in range(n)], np.int32),
        suspended_terms=np.array([random.choice((-1, 0, 0, 1, 4)) for _ in range(n)], np.int16),
        birth_day=np.array([_birth(random, stated) for _, stated, _ in shown], np.int32),
        sex=np.array([random.choice((sex, sex, 0, 1)) for _, _, sex in shown], np.int8),
        identity_type=words("居民身份证", "居民身份证", "护照", None),
        identity=np.array([number for number, _, _ in shown], "S18"),
        outside_system=np.array([random.random() < 0.2 for _ in range(n)], bool),
        covered=np.array(covered, np.int32),
        filled={name: np.array([random.random() < 0.8 for _ in range(n)], bool) for name in ("住址", "电话")},
        plan_codes=tuple(plans),
    )


def _birth(random: Random, stated: int | None) -> int:
    if stated is None or random.random() < 0.3:
        return random.choice((NO_DAY, day_number(moment("1980-01-02 00:00").date())))
    return day_number(moment(f"{stated // 10000}-{stated // 100 % 100}-{stated % 100} 00:00").date())


def _results(random: Random, students: int, courses: int) -> Results:
    rows: list[tuple[int, ...]] = []
    for student in range(students):
        dates_known = random.random() < 0.9
        for course in range(courses):
            for _ in range(random.choice((0, 1, 1, 1, 2))):
                mark = random.choice((Mark.NUMBER, Mark.NUMBER, Mark.NUMBER, random.choice(list(Mark))))
                score = random.choice(SCORES) if mark is Mark.NUMBER and random.random() < 0.97 else -1
                dated = dates_known or random.random() < 0.9
                term = random.randint(SEASON - 3, SEASON) if dated else -1
                rows.append((student, course, score, mark, random.choice(list(Obtained)), term))
    random.shuffle(rows)
    table = np.array(rows, np.int64).reshape(-1, 6).T
    student, course, score = table[:3].astype(np.int32)
    mark, obtained = table[3:5].astype(np.int8)
    return Results(student, course, score, mark, obtained, table[5].astype(np.int16))


def _owners(random: Random, students: int, most: int) -> list[int]:
    owners = [student for student in range(students) for _ in range(random.randint(0, most))]
    random.shuffle(owners)
    return owners


def _exams(random: Random, students: int) -> Exams:
    rows = _owners(random, students, 3)
    return Exams(
        student=np.array(rows, np.int32),
        subject=Coded.of([random.choice(("英语", "计算机", "数学", "语文")) for _ in rows]),
        outcome=np.array([random.choice((-1, *Outcome, Outcome.PASSED)) for _ in rows], np.int8),
        score=np.array([random.choice((-1, *SCORES)) for _ in rows], np.int32),
        reason=Coded.of([None for _ in rows]),
    )


def _certificates(random: Random, students: int) -> Certificates:
    rows = _owners(random, students, 2)
    days = [NO_DAY]
    for year in (2017, 2019, 2022):
        days += [
            day_number(moment(f"{year}-{day} 00:00").date()) for day in ("02-28", "03-01", "06-15", "06-16", "06-17")
        ]
    return Certificates(
        student=np.array(rows, np.int32),
        kind=Coded.of([random.choice(("学位英语", "CET-4", None)) for _ in rows]),
        score=np.array([random.choice((-1, 39_999, 40_000, 40_001)) for _ in rows], np.int32),
        obtained=np.array([random.choice(days) for _ in rows], np.int32),
    )


def _fees(random: Random, students: int) -> Fees:
    rows = _owners(random, students, 3)
    return Fees(
        student=np.array(rows, np.int32),
        kind=Coded.of([random.choice(("学费", "教材费", "学费", None)) for _ in rows]),
        year=np.array([random.choice((-1, 2020, 2021)) for _ in rows], np.int16),
        due=np.array([random.choice((-1, 0, 100_000, 100_001)) for _ in rows], np.int64),
        paid=np.array([random.choice((-1, 0, 100_000, 100_000, 150_000)) for _ in rows], np.int64),
        posted=np.array([random.choice((NO_DAY, *range(DEADLINE - 1, DEADLINE + 2))) for _ in rows], np.int32),
    )


def _sanctions(random: Random, students: int) -> Sanctions:
    rows = _owners(random, students, 1)
    return Sanctions(
        student=np.array(rows, np.int32),
        kind=Coded.of([random.choice(("警告", "记过", "留校察看", None)) for _ in rows]),
        imposed=np.array([DEADLINE - 300 for _ in rows], np.int32),
        lifted=np.array([random.choice((NO_DAY, *range(DEADLINE, DEADLINE + 3))) for _ in rows], np.int32),
    )


def _flags(random: Random, students: int) -> Flags:
    rows = _owners(random, students, 2)
    return Flags(
        student=np.array(rows, np.int32),
        flag=Coded.of([random.choice(("前置学历待复查", "录取信息有误", "其他", None)) for _ in rows]),
        cleared=np.array([random.choice((-1, 0, 1, 1)) for _ in rows], np.int8),
    )


def _photos(random: Random, students: int) -> Photos:
    rows = [student for student in range(students) if random.random() < 0.8]
    minutes = (-1, NOON - 1, NOON, NOON + 1)
    return Photos(
        student=np.array(rows, np.int32),
        at_chsi=np.array([random.choice((-1, 0, 1, 1, 1)) for _ in rows], np.int8),
        at_chsi_since=np.array([random.choice(minutes) for _ in rows], np.int64),
        comparison=Coded.of(
            [random.choice(("同一人", "可能同一人", "非同一人", "人工复核中", "图片过暗", None)) for _ in rows]
        ),
        compared=np.array([random.choice(minutes) for _ in rows], np.int64),
        specification=np.array([random.choice(list(Verdict)[:3]) for _ in rows], np.int8),
    )


def _history(random: Random, students: int) -> History:
    rows = _owners(random, students, 2)
    return History(
        student=np.array(rows, np.int32),
        season=np.array([random.choice((-1, *range(SEASON - 3, SEASON + 1))) for _ in rows], np.int16),
        conclusion=Coded.of([random.choice(("通过", "未通过", None)) for _ in rows]),
        outcome=Coded.of([random.choice(("毕业", "结业", "延缓", None)) for _ in rows]),
    )
