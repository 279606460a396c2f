"""The plain second engine, its words: limits, selectors, people and conditions, for one student."""

from fnmatch import fnmatchcase
from typing import Any

from biye.audit.core.limits import Limit
from biye.audit.core.selectors import Selector
from biye.foundation.codes import Obtained
from biye.foundation.terms import term
from biye.seasons.core.frame import Frame
from biye.seasons.core.people import People
from biye.seasons.core.shapes import When
from tests.oracle_facts import Person, Slot

Three = bool | None  # None is not known


def every(truths: list[Three]) -> Three:
    """And, not known where it matters."""
    if False in truths:
        return False
    return None if None in truths else True


def some(truths: list[Three]) -> Three:
    """Or, likewise."""
    if True in truths:
        return True
    return None if None in truths else False


def no(truth: Three) -> Three:
    """Not."""
    return None if truth is None else not truth


def belongs(people: People, one: Person, frame: Frame) -> Three:
    """Is the student one of these?"""
    truths: list[Three] = [
        None if one.words[name] is None else one.words[name] in getattr(people, name)
        for name in ("level", "mode", "centre", "major", "plan", "status")
        if getattr(people, name)
    ]
    if people.entry is not None:
        truths.append(None if one.entry is None else _entered(people.entry, one.entry))
    if people.within_study_limit is not None:
        within = _within(one, frame)
        truths.append(within if people.within_study_limit else no(within))
    if people.outside_system is not None:
        truths.append(one.outside == people.outside_system)
    if people.all:
        truths.append(every([belongs(part, one, frame) for part in people.all]))
    if people.any:
        truths.append(some([belongs(part, one, frame) for part in people.any]))
    if people.no is not None:
        truths.append(no(belongs(people.no, one, frame)))
    return every(truths)


def _entered(entries: Any, entry: int) -> bool:
    return (
        (not entries.terms or entry in entries.terms)
        and (entries.from_ is None or entry >= entries.from_)
        and (entries.until is None or entry <= entries.until)
        and (entries.after is None or entry > entries.after)
        and (entries.before is None or entry < entries.before)
    )


def terms_studied(one: Person, frame: Frame, suspension: str = "by_level") -> list[int]:
    """Every number of terms the student may have studied, the fewest first; empty where anything is possible."""
    if one.entry is None:
        return []
    elapsed = frame.season_term - one.entry
    if suspension == "by_level":
        level = frame.school.levels.get(one.words["level"] or "")
        if level is None:
            return (
                [elapsed] if one.suspended == 0 else [0 if one.suspended is None else elapsed - one.suspended, elapsed]
            )
        suspension = "counted" if level.suspension_counts else "not_counted"
    if suspension == "counted":
        return [elapsed]
    return [0, elapsed] if one.suspended is None else [elapsed - one.suspended]


def _within(one: Person, frame: Frame) -> Three:
    level = frame.school.levels.get(one.words["level"] or "")
    possible = terms_studied(one, frame)
    if level is None or not possible:
        return None
    answers = {terms <= level.max_terms for terms in possible}
    return answers.pop() if len(answers) == 1 else None


def limit(figure: Limit, one: Person, frame: Frame, own: int | None = None) -> int | None:
    """The figure for this student; None where there is none, or nobody can say which."""
    root = figure.root
    if isinstance(root, dict):
        found = _by_word(root, one, frame)
    elif isinstance(root, tuple):
        day = frame.at.astimezone(frame.school.zone).date()
        holding = [
            (belongs(step.for_ or People(), one, frame), step.value)
            for step in root
            if (step.from_ is None or step.from_ <= day) and (step.until is None or day <= step.until)
        ]
        values = {value for truth, value in holding if truth is not False}
        found = values.pop() if len(values) == 1 and any(truth for truth, _ in holding) else None
    else:
        found = root
    return own if found == -2 else found


def _by_word(table: dict[str, int], one: Person, frame: Frame) -> int | None:
    try:
        terms = {term(word): value for word, value in table.items()}
        return terms.get(one.entry) if one.entry is not None else None
    except ValueError:
        pass
    for name, known in (("level", frame.school.levels), ("mode", frame.school.modes)):
        if set(table) <= set(known):
            return table.get(one.words[name] or "")
    return table.get(one.words["centre"] or "")


def selects(selector: Selector, slot: Slot, way: Obtained | None, one: Person) -> bool:
    """Does the selector mean this course, its result obtained that way (None: no result)?"""
    return all(_keys(selector, slot, way, one))


def _keys(selector: Selector, slot: Slot, way: Obtained | None, one: Person) -> list[bool]:
    keys = []
    if selector.module:
        module = one.modules[slot.module] if slot.module is not None else None
        keys.append(module is not None and _matches(selector.module, module.code, module.name))
    several, one_of_two = ("kind", "assessment"), ("core", "degree")
    keys += [getattr(slot, name) in getattr(selector, name) for name in several if getattr(selector, name)]
    keys += [getattr(slot, name) == wanted for name in one_of_two if (wanted := getattr(selector, name)) is not None]
    if selector.code:
        keys.append(_matches(selector.code, slot.code))
    if selector.name:
        keys.append(_matches(selector.name, slot.name))
    if selector.obtained:
        keys.append(way in selector.obtained)
    if selector.all:
        keys.append(all(selects(part, slot, way, one) for part in selector.all))
    if selector.any:
        keys.append(any(selects(part, slot, way, one) for part in selector.any))
    if selector.no is not None:
        keys.append(not any(_keys(selector.no, slot, way, one)))
    return keys


def _matches(patterns: tuple[str, ...], *names: str) -> bool:
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


def holds(when: When, verdicts: dict[str, str]) -> Three:
    """Does a condition over verdicts hold?"""
    met = {"MET": True, "NOT_REQUIRED": True, "NOT_MET": False, "UNKNOWN": None}
    fails = {"MET": False, "NOT_REQUIRED": False, "NOT_MET": True, "UNKNOWN": None}
    truths: list[Three] = [met[verdicts[rule]] for rule in when.met]
    truths += [fails[verdicts[rule]] for rule in when.not_met]
    if when.any_not_met:
        truths.append(some([fails[verdicts[rule]] for rule in when.any_not_met]))
    if when.any_unknown:
        truths.append(any(verdicts[rule] == "UNKNOWN" for rule in when.any_unknown))
    truths += [holds(part, verdicts) for part in when.all]
    if when.any:
        truths.append(some([holds(part, verdicts) for part in when.any]))
    if when.no is not None:
        truths.append(no(holds(when.no, verdicts)))
    if when.at_least is not None:
        answers = [met[verdicts[rule]] for rule in when.at_least.of]
        surely, perhaps = answers.count(True), answers.count(True) + answers.count(None)
        truths.append(True if surely >= when.at_least.n else False if perhaps < when.at_least.n else None)
    return every(truths)
