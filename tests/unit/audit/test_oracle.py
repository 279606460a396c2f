"""Every kind of rule against the plain second engine, on populations and rules invented together."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from biye.audit.core.batch import Batch
from biye.audit.core.grades import GradeGrid, Scale
from biye.audit.core.plans import plan_grid
from biye.audit.core.vocabulary import Params, kinds
from biye.foundation.codes import GRADE_PARTS, Mark
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import RecordTables
from biye.seasons.core.frame import Frame
from tests import oracle_grades, oracle_rules
from tests.oracle_facts import Person, person
from tests.unit.audit.institution import SEASON, frame
from tests.unit.audit.populations import population
from tests.unit.audit.sayings import SAYINGS, rules

MOST_OPEN = 2  # results still to come that the oracle tries in every combination
MOMENTS = ("2022-06-14 09:00", "2022-06-16 09:00")
ALONE = sorted(set(kinds()) - {"rank.within"})


def test_both_engines_know_every_kind() -> None:
    assert sorted(SAYINGS) == ALONE
    assert sorted([*oracle_grades.RULES, *oracle_rules.RULES]) == ALONE


@settings(max_examples=120, deadline=None)
@given(
    random=st.randoms(use_true_random=True),
    students=st.integers(1, 5),
    courses=st.integers(1, 7),
    moment=st.sampled_from(MOMENTS),
)
def test_the_oracle_agrees(random: Random, students: int, courses: int, moment: str) -> None:
    tables, asked = population(random, students, courses), frame(moment)
    few_open(tables, asked)
    batch = batch_of(tables, asked)
    everybody = [person(tables, asked, row) for row in range(students)]
    for name, params in rules(random):
        found = kinds()[name].measure(batch, params)
        for row, one in enumerate(everybody):
            got = Verdict(found.verdict[row]).name, int(found.have[row]), int(found.need[row])
            wanted, exact = expected(name, params, one, asked)
            if exact:
                assert got == wanted, (name, params, row)
            else:
                assert got[0] in ("UNKNOWN", wanted[0]), (name, params, row)


@settings(max_examples=8, deadline=None)
@given(random=st.randoms(use_true_random=True), courses=st.sampled_from((62, 63, 64, 65, 130)))
def test_the_oracle_agrees_on_plans_wider_than_a_word(random: Random, courses: int) -> None:
    tables, asked = population(random, 2, courses, courses), frame()
    tables.students.covered |= sum(1 << part for part in GRADE_PARTS)
    results = tables.results  # all of them plain numbers with dates, so that there is one world only
    results.score[results.score < 0], results.mark[:], results.term[:] = 6_000, Mark.NUMBER, SEASON
    batch = batch_of(tables, asked)
    for name, params in rules(random):
        if name in oracle_grades.RULES:
            found = kinds()[name].measure(batch, params)
            for row in range(2):
                one = person(tables, asked, row)
                got = Verdict(found.verdict[row]).name, int(found.have[row]), int(found.need[row])
                assert got == expected(name, params, one, asked)[0], (name, params, row)


def expected(name: str, params: Params, one: Person, asked: Frame) -> tuple[oracle_grades.Answer, bool]:
    """What the oracle says. Where a selector turns on how an open result was obtained, 待核实 is allowed more often."""
    if name in oracle_rules.RULES:
        return oracle_rules.RULES[name](one, params, asked), True
    by_way = "obtained=(<" in repr(params) or "ways" in type(params).model_fields or "what" in type(params).model_fields
    answer = oracle_grades.judge(one, params, asked, oracle_grades.RULES[name], by_way=by_way)
    _, open_ = oracle_grades.base(one, getattr(params, "attempt", "best"), asked)
    return answer, not (open_ and "obtained=(<" in repr(params))


def few_open(tables: RecordTables, asked: Frame) -> None:
    """Import the grades of whoever has too many results open, so that every world can be tried."""
    covered = tables.students.covered
    for row in range(len(covered)):
        for part in GRADE_PARTS:
            one = person(tables, asked, row)
            if (
                max(len(oracle_grades.base(one, attempt, asked)[1]) for attempt in ("best", "first", "last"))
                > MOST_OPEN
            ):
                covered[row] |= 1 << part
        if max(len(oracle_grades.base(one, attempt, asked)[1]) for attempt in ("best", "first", "last")) > MOST_OPEN:
            tables.results.term[tables.results.student == row] = 4040
            tables.results.score[(tables.results.student == row) & (tables.results.mark == 0)] %= 10_001


def batch_of(tables: RecordTables, asked: Frame) -> Batch:
    """Everybody in one batch."""
    scale = asked.school.scale()
    plans = plan_grid(tables.plans, tables.courses)
    grades = GradeGrid(
        plans, tables.students.plan, Scale.of(scale.pass_score, scale.numbers), frozenset({"best", "first", "last"})
    )
    results = tables.results
    grades.add(results.student, results.course, results.score, results.mark, results.obtained, results.term)
    children = {
        name: getattr(tables, name)
        for name in ("exams", "certificates", "fees", "sanctions", "flags", "photos", "history")
    }
    return Batch(asked, tables.students, plans, grades, 0, **children)
