"""课程的计入: every course of one student, what it counted for, and why it did not; modules and their surplus."""

from dataclasses import dataclass

from biye.audit.core.explain.evidence import Evidence
from biye.audit.core.explain.phrases import COURSES
from biye.audit.core.explain.shapes import CourseLine, ModuleBar
from biye.audit.core.explain.speaker import Speaker
from biye.foundation.amounts import show_credits, show_score
from biye.foundation.codes import KIND_WORDS, MARK_WORDS, OBTAINED_WORDS, Mark
from biye.foundation.terms import UNKNOWN_TERM, show_term
from biye.records.core.tables import NO_SCORE, Results

KINDS = {int(kind): words[0] for kind, words in KIND_WORDS.items()}
MARKS = {int(mark): words[0] for mark, words in MARK_WORDS.items()}
OBTAINED = {int(way): words[0] for way, words in OBTAINED_WORDS.items()}


@dataclass(frozen=True, slots=True)
class _Slot:
    """What of a slot is the same for everybody of the plan."""

    course: int
    name: str
    module: str
    kind: str
    credits: str


def course_lines(evidence: Evidence, row: int) -> tuple[CourseLine, ...]:
    """Every attempt, by slot and then by term, plan courses without any among them; courses outside the plan last."""
    results = evidence.results(row)
    plan = evidence.plan(row)
    slots = evidence.plans.once(("slots in words", plan), lambda: _slots(evidence, plan))
    slot_of = evidence.plans.slot_of[plan][results.course].tolist()
    stands = _standing(evidence, row, results, slot_of)
    passed = evidence.passed[row].tolist()
    columns = (results.course, results.score, results.mark, results.obtained, results.term)
    last = len(slots)
    lines = []
    for place, (slot, course, score, mark, obtained, term) in enumerate(
        zip(slot_of, *(column.tolist() for column in columns), strict=True)
    ):
        known = slots[slot] if slot >= 0 else None
        is_best = place in stands
        result = _result(score, mark)
        line = CourseLine(
            code=evidence.plans.courses.code[course],
            name=evidence.plans.courses.name[course],
            module=known.module if known else "",
            kind=known.kind if known else "",
            credits=known.credits if known else "",
            result=result,
            obtained=OBTAINED[obtained],
            term="" if term == UNKNOWN_TERM else show_term(term),
            counts=known is not None and is_best and passed[slot],
            counted_for=known.name if known and known.course != course else "",
            note=_note(
                known, course, result, has_plan=plan >= 0, is_best=is_best, passed=known is not None and passed[slot]
            ),
        )
        lines.append(((slot if known else last, term, place), line))
    open_, taken = evidence.open_slots(row), set(slot_of)
    lines += [
        ((slot, 0, -1), _without(evidence, slots[slot], is_open=bool(open_[slot])))
        for slot in range(last)
        if slot not in taken
    ]
    return tuple(line for _, line in sorted(lines, key=lambda line: line[0]))


def _slots(evidence: Evidence, plan: int) -> list[_Slot]:
    plans, courses = evidence.plans, evidence.plans.courses
    found = []
    for slot, course in enumerate(plans.course[plan].tolist()):
        if course < 0:
            break
        number = int(plans.module[plan, slot])
        place = int(plans.module_row[plan, number]) if number >= 0 else -1
        module = (plans.source.module_name[place] or plans.source.module_code[place]) if place >= 0 else ""
        credits = show_credits(int(plans.credits[plan, slot]))
        found.append(_Slot(course, courses.name[course], module, KINDS[int(plans.kind[plan, slot])], credits))
    return found


def _standing(evidence: Evidence, row: int, results: Results, slot_of: list[int]) -> set[int]:
    """Which attempts stand for their slots: those the audit itself has kept, the first of several alike."""
    grades = evidence.population.grades
    kept = grades.rows(row, row + 1).packed[0].tolist()
    packed = grades.packed(results.student, results.course, results.score, results.mark, results.obtained).tolist()
    found: dict[int, int] = {}
    for place, slot in enumerate(slot_of):
        if slot >= 0 and packed[place] == kept[slot]:
            found.setdefault(slot, place)
    return set(found.values())


def _result(score: int, mark: int) -> str:
    if mark != Mark.NUMBER:
        return MARKS[mark]
    return "" if score == NO_SCORE else show_score(score)


def _note(known: _Slot | None, course: int, result: str, *, has_plan: bool, is_best: bool, passed: bool) -> str:
    """For what an attempt counted, or why it did not."""
    if known is None:
        return COURSES["outside_plan" if has_plan else "no_plan"]
    if not result:
        return COURSES["blank"]
    if not (is_best and passed):
        return COURSES["not_passed" if is_best else "better"]
    module = known.module or COURSES["total"]
    return COURSES["counts" if known.course == course else "substitutes"].format(course=known.name, module=module)


def _without(evidence: Evidence, known: _Slot, *, is_open: bool) -> CourseLine:
    return CourseLine(
        code=evidence.plans.courses.code[known.course],
        name=known.name,
        module=known.module,
        kind=known.kind,
        credits=known.credits,
        result="",
        obtained="",
        term="",
        counts=False,
        counted_for="",
        note=COURSES["not_imported" if is_open else "no_result"],
    )


def module_bars(evidence: Evidence, row: int, speaker: Speaker) -> tuple[ModuleBar, ...]:
    """Every module with what was earned in it, what flowed in from others, and what lies above."""
    plan, plans = evidence.plan(row), evidence.plans
    if plan < 0:
        return ()
    names = speaker.names.modules(plan)
    earned = evidence.module_credits(row)[: len(names)]
    asked = plans.module_credits[plan].tolist()
    target = plans.module_overflow[plan].tolist()
    received = _received(earned, asked, target)
    return tuple(
        ModuleBar(
            name=name,
            earned=earned[place],
            received=received[place],
            asked=asked[place],
            surplus=max(earned[place] - asked[place], 0),
            overflow_to=names[target[place]] if target[place] >= 0 else "",
        )
        for place, name in enumerate(names)
    )


def _received(earned: list[int], asked: list[int], target: list[int]) -> list[int]:
    """What each module takes from the surplus of others, step by step as the audit lets it flow."""
    moving = [max(have - need, 0) for have, need in zip(earned, asked, strict=False)]
    lacks = [max(need - have, 0) for have, need in zip(earned, asked, strict=False)]
    received = [0] * len(earned)
    for _ in earned:
        arrived = [0] * len(earned)
        for place, amount in enumerate(moving):
            if target[place] >= 0:
                arrived[target[place]] += amount
        for place, amount in enumerate(arrived):
            taken = min(amount, lacks[place])
            received[place] += taken
            lacks[place] -= taken
            arrived[place] -= taken
        moving = arrived
    return received


def asked_credits(evidence: Evidence, row: int) -> int:
    """Credits the plan asks, tenths, -1 where it is not known."""
    return int(evidence.plans.total_credits[evidence.plan(row)])
