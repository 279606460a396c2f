"""对照：逐个对象 the batched ORM way: rows as Django objects, a thousand students at a time with their related rows
prefetched and plans kept, judged by plain Python. The rules are those of the rulebook `tju-online`, written out by hand
as one would write them without an engine; verdicts must equal the engine's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from biye.audit.core.loading import LoadedSeason
from biye.foundation.codes import PASSING_MARKS, Kind, Mark, Obtained, Outcome, Part
from biye.foundation.verdicts import Verdict
from biye.records.models.facts import Result
from biye.records.models.plan import Plan
from biye.records.models.student import Student

AT_A_TIME = 1_000
MET, NOT_MET, UNKNOWN, NOT_REQUIRED = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.NOT_REQUIRED
RELATED = ("results", "exams", "certificates", "chsi_photo")


@dataclass(frozen=True, slots=True)
class Slot:
    """A course of a plan."""

    credits: int
    kind: Kind
    is_core: bool


@dataclass(slots=True)
class PlanFacts:
    """A plan as the loop looks at it."""

    total: int
    slots: dict[int, Slot]
    stands_for: dict[int, int]
    subjects: list[str]


@dataclass(frozen=True, slots=True, order=True)
class Best:
    """The best attempt at a course: passed first, then the score, then the plainest way it was obtained."""

    passed: bool
    score: int
    plainness: int
    mark: int


def plans() -> dict[int, PlanFacts]:
    """Every plan, read once."""
    found = {}
    for plan in Plan.objects.prefetch_related("courses", "substitutions", "exams"):
        slots = {one.course_id: Slot(one.credits, Kind(one.kind), one.is_core) for one in plan.courses.all()}
        stands_for = {one.taken_id: one.counts_as_id for one in plan.substitutions.all() if one.taken_id not in slots}
        found[plan.id] = PlanFacts(plan.total_credits, slots, stands_for, [one.subject for one in plan.exams.all()])
    return found


def students(count: int) -> Iterator[Student]:
    """The first students with everything that concerns them."""
    yield from Student.objects.order_by("id")[:count].prefetch_related(*RELATED).iterator(chunk_size=AT_A_TIME)


class Judge:
    """The nine rules of the rulebook."""

    def __init__(self, loaded: LoadedSeason, at: datetime) -> None:
        frame = loaded.frame(at)
        self.at, self.closing = at, frame.calendar["photo"]
        self.comparison = loaded.school.photo.comparison
        self.pass_score, self.numbers = loaded.school.scale().pass_score, loaded.school.scale().numbers
        self.plans = plans()

    def verdicts(self, student: Student) -> list[Verdict]:
        """In the order of the rulebook's rules."""
        plan = self.plans[student.plan_id]
        best = self._best(student.results.all(), plan)
        earned = sum(plan.slots[course].credits for course, one in best.items() if one.passed)
        degree = student.level != "专科"
        return [
            MET if earned >= plan.total else NOT_MET,
            self._exams(student, plan) if degree else NOT_REQUIRED,
            self._owed(plan.total - earned) if student.entry == 4036 else NOT_REQUIRED,
            *self._photo(student),
            *(self._degree(student, plan, best) if degree else [NOT_REQUIRED] * 4),
        ]

    def _best(self, results: list[Result], plan: PlanFacts) -> dict[int, Best]:
        best: dict[int, Best] = {}
        for one in results:
            course, obtained = one.course_id, one.obtained
            if course in plan.stands_for:
                course, obtained = plan.stands_for[course], Obtained.SUBSTITUTE
            if course not in plan.slots:
                continue
            by_number = one.mark == Mark.NUMBER
            passed = one.score >= self.pass_score if by_number else one.mark in PASSING_MARKS
            score = one.score if by_number else self.numbers.get(Mark(one.mark), 0)
            attempt = Best(passed, score, -obtained, one.mark)
            if course not in best or attempt > best[course]:
                best[course] = attempt
        return best

    def _exams(self, student: Student, plan: PlanFacts) -> Verdict:
        outcomes = {one.subject: one.outcome for one in student.exams.all()}
        lacking = [one for one in plan.subjects if outcomes.get(one) not in (Outcome.PASSED, Outcome.EXEMPT)]
        if not lacking:
            return MET
        return NOT_MET if student.covered >> Part.EXAMS & 1 else UNKNOWN

    def _owed(self, owed: int) -> Verdict:
        return MET if owed <= 100 else NOT_MET

    def _photo(self, student: Student) -> list[Verdict]:
        photo = student.chsi_photo
        there = photo.at_chsi and photo.at_chsi_since < self.closing
        passed = photo.comparison in self.comparison.passed and photo.compared_at < self.closing
        failed = photo.comparison in self.comparison.failed
        return [MET if there else NOT_MET, MET if passed else NOT_MET if failed else UNKNOWN]

    def _degree(self, student: Student, plan: PlanFacts, best: dict[int, Best]) -> list[Verdict]:
        counted = [
            one.score
            for course, one in best.items()
            if plan.slots[course].kind not in (Kind.THESIS, Kind.PRACTICE)
            and -one.plainness not in (Obtained.EXEMPTION, Obtained.SUBSTITUTE, Obtained.RECOGNITION)
        ]
        # The mean in hundredths, half a hundredth rounded up.
        mean = (2 * sum(counted) + len(counted)) // (2 * len(counted)) if counted else None
        core = [best.get(course) for course, slot in plan.slots.items() if slot.is_core]
        thesis = [one for course, one in best.items() if plan.slots[course].kind is Kind.THESIS]
        english = any(one.kind == "学位英语" for one in student.certificates.all())
        return [
            UNKNOWN if mean is None else MET if mean >= 7_000 else NOT_MET,
            MET if all(one is not None and one.score >= 7_000 for one in core) else NOT_MET,
            MET if any(one.score >= 8_000 for one in thesis) else NOT_MET,
            MET if english else NOT_MET,
        ]
