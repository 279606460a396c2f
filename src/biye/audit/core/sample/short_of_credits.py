"""编造的学业不足: courses failed, missed, put off, exempted too often, so that every rule over grades is broken by somebody."""

from typing import Any

import numpy as np
import numpy.typing as npt

from biye.audit.core.rulebook import Rule
from biye.audit.core.sample.draft import Draft, Trouble
from biye.audit.core.selectors import Selector, ways
from biye.foundation.codes import Kind, Mark, Obtained

_WORSE = (Mark.ABSENT, Mark.CHEATED, Mark.POSTPONED, Mark.FAIL)


def owing(over: int) -> Trouble:
    """So many tenths more (or fewer, below nought) are owed than the rule allows; at least half a credit."""

    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        allowed = getattr(rule.params, "max", None)
        limit = draft.figure(allowed, row) if allowed is not None else 0
        fail(draft, row, max(limit + over, 5))

    return trouble


def fail(draft: Draft, row: int, owed: int) -> None:
    """Fail, miss or leave out courses so that exactly `owed` tenths lack, or the next more that can be."""
    attempts = draft.attempts
    credits = attempts.credits(row)
    taken = [slot for slot in attempts.slots(row).tolist() if attempts.has[row, slot]]
    total = int(draft.plans.total_credits[draft.students.plan[row]])
    surplus = int(credits[taken].sum()) - total
    for number, slot in enumerate(_adding_up_to([(slot, int(credits[slot])) for slot in taken], owed + surplus)):
        if number % 3 == 2:
            attempts.has[row, slot] = False
        elif number % 3 == 1:
            attempts.say(row, slot, _WORSE[(row + slot) % len(_WORSE)])
        else:
            attempts.give(row, slot, 3000 + (row + slot) % 29 * 100)


def _adding_up_to(courses: list[tuple[int, int]], amount: int) -> list[int]:
    """Slots whose credits are together this amount, or the least above it; the same for the same courses."""
    reached: dict[int, tuple[int, ...]] = {0: ()}
    for slot, credits in sorted(courses, key=lambda course: (-course[1], course[0])):
        for total, slots in sorted(reached.items(), reverse=True):
            if total < amount and total + credits not in reached:
                reached[total + credits] = (*slots, slot)
    enough = [total for total in reached if total >= amount]
    return list(reached[min(enough)]) if enough else [slot for slot, _ in courses]


def not_passed(draft: Draft, row: int, rule: Rule) -> None:
    """One of the rule's courses is failed by a point."""
    params: Any = rule.params
    slots = chosen(draft, row, params.courses)
    if slots:
        draft.attempts.give(row, slots[row % len(slots)], draft.school.scale().pass_score - 100)


def left_out(draft: Draft, row: int, rule: Rule) -> None:
    """One of the rule's courses has no result although the others have."""
    params: Any = rule.params
    slots = chosen(draft, row, params.courses)
    if slots:
        draft.attempts.has[row, slots[row % len(slots)]] = False


def group_failed(draft: Draft, row: int, rule: Rule) -> None:
    """No course of the first group is passed."""
    params: Any = rule.params
    for slot in chosen(draft, row, params.groups[0].courses):
        draft.attempts.give(row, slot, 4000)


def thesis_not_imported(draft: Draft, row: int, rule: Rule) -> None:
    """毕业论文成绩尚未导入."""
    del rule
    attempts = draft.attempts
    attempts.has[row] &= attempts.grid.kind[attempts.plan[row]] != Kind.THESIS


def lift(draft: Draft, rule: Rule, rows: "npt.NDArray[np.intp]", spread: "npt.NDArray[np.int64]") -> None:
    """Raise what a rule over grades selects to its limit and a little above, so that it fails few who work well."""
    params: Any = rule.params
    limit = getattr(params, "min", None) or params.above
    attempts = draft.attempts
    table = ways(getattr(params, "courses", None) or params.over, attempts.grid) >> int(Obtained.FIRST) & 1 == 1
    for row, more in zip(rows.tolist(), spread.tolist(), strict=True):
        figure = draft.figure(limit, row)
        least = figure if figure >= 0 else 8000
        slots = np.flatnonzero(table[attempts.plan[row]] & (attempts.mark[row] == Mark.NUMBER))
        attempts.score[row, slots] = np.clip(attempts.score[row, slots], least + more * 100, 9900)


def nothing_imported(draft: Draft, row: int, rule: Rule) -> None:
    """No grades at all have come in yet."""
    del rule
    draft.attempts.silent.add(row)


def averaging(above: int) -> Trouble:
    """All selected grades stand at the limit, one of them so many hundredths off: 69.995 just below, 70.00, just above."""

    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        params: Any = rule.params
        limit = draft.figure(params.min or params.above, row)
        slots = chosen(draft, row, params.over)
        for slot in slots:
            if draft.attempts.has[row, slot]:
                draft.attempts.give(row, slot, limit)
        if slots and above:
            draft.attempts.give(row, slots[0], limit + above)

    return trouble


def graded(above: int) -> Trouble:
    """One selected course stands so many hundredths off the limit."""

    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        params: Any = rule.params
        limit = draft.figure(params.min, row)
        slots = chosen(draft, row, getattr(params, "courses", None) or params.over)
        if slots:
            value = limit if limit >= 0 else 8000
            draft.attempts.give(row, slots[row % len(slots)], max(value + above, draft.school.scale().pass_score))

    return trouble


def in_words(draft: Draft, row: int, rule: Rule) -> None:
    """One selected course is graded 良."""
    params: Any = rule.params
    slots = chosen(draft, row, getattr(params, "courses", None) or params.over)
    if slots:
        draft.attempts.say(row, slots[0], Mark.GOOD)


def again(more: int) -> Trouble:
    """As many re-taken courses as allowed, and so many more."""

    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        params: Any = rule.params
        attempts = draft.attempts
        slots = [slot for slot in chosen(draft, row, params.over) if attempts.mark[row, slot] == Mark.NUMBER]
        for slot in slots[: draft.figure(params.max, row) + more]:
            if attempts.obtained[row, slot] not in (Obtained.RESIT, Obtained.RETAKE):
                course, term = int(attempts.course[row, slot]), int(attempts.term[row, slot])
                attempts.beside.append((row, course, 4500, Mark.NUMBER, Obtained.FIRST, term - 1))
            attempts.obtained[row, slot] = params.what[-1]

    return trouble


def waived(draft: Draft, row: int, rule: Rule) -> None:
    """More courses are exempted than allowed."""
    params: Any = rule.params
    slots = chosen(draft, row, params.over)
    share = draft.figure(params.max_share, row) if params.max_share is not None else None
    most = len(slots) * share // 10_000 if share is not None else draft.figure(params.max_count, row)
    for slot in slots[: most + 1]:
        draft.attempts.say(row, slot, Mark.EXEMPT, params.ways[0])


def chosen(draft: Draft, row: int, selector: Selector) -> list[int]:
    """Taken slots that the selector may mean."""
    attempts = draft.attempts
    table: npt.NDArray[np.uint8] = ways(selector, attempts.grid)
    asked = table[attempts.plan[row]] >> int(Obtained.FIRST) & 1 == 1
    return np.flatnonzero(asked & attempts.has[row]).tolist()
