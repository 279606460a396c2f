"""案例成表: the record tables of one invented student, so that a case takes the same road as everybody."""

from datetime import date, datetime

import numpy as np

from biye.audit.core.cases import PART_WORDS, CaseAttempt, CaseCourse, CasePlan, Facts
from biye.foundation.amounts import score as hundredths
from biye.foundation.codes import ASSESSMENT_WORDS, KIND_WORDS, OBTAINED_WORDS, Mark, Obtained, Outcome, Part, words_of
from biye.foundation.moments import UNKNOWN_MINUTE, day_number, minute_of
from biye.foundation.terms import UNKNOWN_TERM
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import (
    NO_DAY,
    NO_SCORE,
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

KINDS, ASSESSMENTS, OBTAINED = words_of(KIND_WORDS), words_of(ASSESSMENT_WORDS), words_of(OBTAINED_WORDS)
OUTCOMES = {"通过": Outcome.PASSED, "未通过": Outcome.NOT_PASSED, "免考": Outcome.EXEMPT, "缺考": Outcome.ABSENT}
CLEARED = {"已解除": 1, "未解除": 0, "不详": -1}
VERDICTS = {verdict.chinese: verdict for verdict in Verdict}
PLAN = "案例计划"  # where a case does not name one of its own
EARNED, OWED = "已修课程", "未修课程"


def tables_of(facts: Facts, plan: CasePlan | None) -> RecordTables:
    """One student's record tables."""
    courses = dict(facts.courses)
    if plan is not None and facts.credits is not None:
        plan = _plan_of_credits(plan, facts.credits)
        courses[EARNED] = (CaseAttempt(grade="80"),)
    names = sorted({*courses, *(plan.courses if plan is not None else ()), *(plan.substitutions if plan else ())})
    return RecordTables(
        students=_student(facts, planned=plan is not None),
        plans=Plans() if plan is None else _plans(plan, names),
        courses=Courses(code=names, name=names),
        results=_results(courses, names),
        exams=_exams(facts),
        certificates=_certificates(facts),
        fees=_fees(facts),
        sanctions=_sanctions(facts),
        flags=_flags(facts),
        photos=_photos(facts),
        history=_history(facts),
    )


def _plan_of_credits(plan: CasePlan, earned: int) -> CasePlan:
    """A plan of two courses: what is earned and what is owed."""
    owed = (plan.credits or 0) - earned
    courses = {EARNED: _of_credits(earned), **({OWED: _of_credits(owed)} if owed > 0 else {})}
    return plan.model_copy(update={"courses": courses})


def _of_credits(amount: int) -> CaseCourse:
    return CaseCourse.model_construct(
        credits=amount, module=None, kind="必修", assessment="考试", core=False, degree=False
    )


def _day(day: date | None) -> int:
    return NO_DAY if day is None else day_number(day)


def _minute(when: datetime | None) -> int:
    return UNKNOWN_MINUTE if when is None else minute_of(when)


def _student(facts: Facts, *, planned: bool) -> Students:
    covered = (1 << len(Part)) - 1
    for word in facts.not_imported:
        covered &= ~(1 << PART_WORDS[word])
    return Students(
        key=np.array([1], np.int64),
        student_no=["1"],
        name=["案例"],
        level=Coded.of([facts.level]),
        mode=Coded.of([facts.mode]),
        centre=Coded.of([facts.centre]),
        status=Coded.of([facts.status]),
        major=Coded.of([facts.major]),
        entry=np.array([UNKNOWN_TERM if facts.entry is None else facts.entry], np.int16),
        plan=np.array([0 if planned else -1], np.int32),
        suspended_terms=np.array([-1 if facts.suspended_terms is None else facts.suspended_terms], np.int16),
        birth_day=np.array([_day(facts.birth)], np.int32),
        sex=np.array([{"男": 1, "女": 2, None: 0}[facts.sex]], np.int8),
        identity_type=Coded.of([facts.identity_type]),
        identity=np.array([(facts.identity or "").encode()], "S18"),
        outside_system=np.array([facts.outside_system]),
        covered=np.array([covered], np.int32),
        filled={name: np.array([full]) for name, full in facts.filled.items()},
        plan_codes=(facts.plan or PLAN,),
    )


def _plans(plan: CasePlan, names: list[str]) -> Plans:
    modules = list(plan.modules)
    courses = plan.courses.values()
    whole = np.zeros(len(courses), np.int32)
    return Plans(
        code=[PLAN],
        total_credits=np.array([-1 if plan.credits is None else plan.credits], np.int32),
        module_plan=np.zeros(len(modules), np.int32),
        module_code=modules,
        module_name=modules,
        module_credits=np.array([one.credits for one in plan.modules.values()], np.int32),
        module_overflow=np.array([_place(modules, one.overflow) for one in plan.modules.values()], np.int32),
        slot_plan=whole,
        slot_course=np.array([names.index(name) for name in plan.courses], np.int32),
        slot_module=np.array([_place(modules, course.module) for course in courses], np.int32),
        slot_credits=np.array([course.credits for course in courses], np.int32),
        slot_kind=np.array([KINDS[course.kind] for course in courses], np.int8),
        slot_assessment=np.array([ASSESSMENTS[course.assessment] for course in courses], np.int8),
        slot_core=np.array([course.core for course in courses], np.int8),
        slot_degree=np.array([course.degree for course in courses], np.int8),
        substitution_plan=np.full(len(plan.substitutions), -1, np.int32),
        substitution_taken=np.array([names.index(taken) for taken in plan.substitutions], np.int32),
        substitution_counts_as=np.array([names.index(name) for name in plan.substitutions.values()], np.int32),
        exam_plan=np.zeros(len(plan.exams), np.int32),
        exam_subject=list(plan.exams),
    )


def _place(words: list[str], word: str | None) -> int:
    return -1 if word is None else words.index(word)


def _results(courses: dict[str, tuple[CaseAttempt, ...]], names: list[str]) -> Results:
    rows = [(names.index(name), attempt) for name, attempts in courses.items() for attempt in attempts]
    return Results(
        student=np.zeros(len(rows), np.int32),
        course=np.array([course for course, _ in rows], np.int32),
        score=np.array([hundredths(one.grade) if one.mark is Mark.NUMBER else NO_SCORE for _, one in rows], np.int32),
        mark=np.array([one.mark for _, one in rows], np.int8),
        obtained=np.array([_way(one) for _, one in rows], np.int8),
        term=np.array([UNKNOWN_TERM if one.term is None else one.term for _, one in rows], np.int16),
    )


def _way(attempt: CaseAttempt) -> Obtained:
    if attempt.obtained is not None:
        return OBTAINED[attempt.obtained]
    return Obtained.EXEMPTION if attempt.mark is Mark.EXEMPT else Obtained.FIRST


def _exams(facts: Facts) -> Exams:
    exams = facts.exams.values()
    return Exams(
        student=np.zeros(len(exams), np.int32),
        subject=Coded.of(list(facts.exams)),
        outcome=np.array([OUTCOMES[one.outcome] for one in exams], np.int8),
        score=np.array([NO_SCORE if one.score is None else one.score for one in exams], np.int32),
        reason=Coded.of([one.reason for one in exams]),
    )


def _certificates(facts: Facts) -> Certificates:
    rows = facts.certificates
    return Certificates(
        student=np.zeros(len(rows), np.int32),
        kind=Coded.of([one.kind for one in rows]),
        score=np.array([NO_SCORE if one.score is None else one.score for one in rows], np.int32),
        obtained=np.array([_day(one.obtained) for one in rows], np.int32),
    )


def _fees(facts: Facts) -> Fees:
    rows = facts.fees
    return Fees(
        student=np.zeros(len(rows), np.int32),
        kind=Coded.of([one.kind for one in rows]),
        year=np.array([-1 if one.year is None else one.year for one in rows], np.int16),
        due=np.array([one.due for one in rows], np.int64),
        paid=np.array([one.paid for one in rows], np.int64),
        posted=np.array([_day(one.posted) for one in rows], np.int32),
    )


def _sanctions(facts: Facts) -> Sanctions:
    rows = facts.sanctions
    return Sanctions(
        student=np.zeros(len(rows), np.int32),
        kind=Coded.of([one.kind for one in rows]),
        imposed=np.array([_day(one.imposed) for one in rows], np.int32),
        lifted=np.array([_day(one.lifted) for one in rows], np.int32),
    )


def _flags(facts: Facts) -> Flags:
    return Flags(
        student=np.zeros(len(facts.flags), np.int32),
        flag=Coded.of(list(facts.flags)),
        cleared=np.array([CLEARED[word] for word in facts.flags.values()], np.int8),
    )


def _photos(facts: Facts) -> Photos:
    photo = facts.photo
    if photo is None:
        return Photos()
    return Photos(
        student=np.zeros(1, np.int32),
        at_chsi=np.array([{"是": 1, "否": 0, None: -1}[photo.at_chsi]], np.int8),
        at_chsi_since=np.array([_minute(photo.since)], np.int64),
        comparison=Coded.of([photo.comparison]),
        compared=np.array([_minute(photo.compared)], np.int64),
        specification=np.array([VERDICTS[photo.specification]], np.int8),
    )


def _history(facts: Facts) -> History:
    rows = facts.history
    return History(
        student=np.zeros(len(rows), np.int32),
        season=np.array([one.season for one in rows], np.int16),
        conclusion=Coded.of([one.conclusion for one in rows]),
        outcome=Coded.of([one.outcome for one in rows]),
    )
