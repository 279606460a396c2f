"""认表: which kind of sheet this is, by its headings; the names of file and sheet only help."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from biye.machinery.exchange.core.cells import Sheet
from biye.machinery.exchange.core.columns import ColumnSpec, Match, SheetSpec, ways
from biye.machinery.exchange.core.headings import Headings, find_headings
from biye.machinery.exchange.core.limits import Unreadable
from biye.records.core.sheets import attainments, plans, standings, students
from biye.records.core.sheets.settings import Choice, SheetSettings

SPECS: tuple[SheetSpec, ...] = (
    students.SPEC,
    plans.PLANS,
    plans.MODULES,
    plans.COURSES,
    plans.EXAMS,
    plans.SUBSTITUTIONS,
    attainments.GRADES,
    attainments.EXAMS,
    attainments.CERTIFICATES,
    standings.FEES,
    standings.SANCTIONS,
    standings.FLAGS,
    standings.PHOTOS,
    standings.HISTORY,
)
KINDS: dict[str, SheetSpec] = {spec.kind: spec for spec in SPECS}
_ORDER = {spec.kind: order for order, spec in enumerate(SPECS)}
_CODE_AND_NAME = re.compile(r"([0-9a-z]*[0-9][a-z]?)(\D.*)")
WIDE = SheetSpec("wide_grades", "成绩（每门课程一列）", attainments.STUDENT, (("student_no",),), ("成绩", "grade"))


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet with its headings and the spec that fits."""

    headings: Headings
    match: Match


class Recogniser:
    """认表员: the built-in kinds with a school's own headings."""

    def __init__(self, settings: SheetSettings) -> None:
        self._specs = [spec.with_aliases(settings.columns.get(spec.kind, {})) for spec in SPECS]
        self._known = frozenset(name for spec in self._specs for column in spec.columns for name in column.headings)

    def recognise(self, file: str, sheet: Sheet, choice: Choice, courses: frozenset[str]) -> Recognised:
        """The kind of a sheet. Raises Unreadable: no_headings, sheet_unclear, columns_missing, sheet_unknown.

        `courses` are the names and codes of courses, as compared, for the layout of one column a course.
        """
        headings = find_headings(sheet, self._known | courses)
        if headings is None:
            raise Unreadable("no_headings")
        specs = [spec for spec in self._specs if choice.kind in (None, spec.kind)]
        matches = [spec.match(headings.ways) for spec in specs]
        fitting = [match for match in matches if not match.missing]
        wide = self._wide(headings, courses) if choice.kind in (None, "grades", WIDE.kind) else None
        roster = all(match.spec.kind == "students" for match in fitting)
        if wide and roster and (not fitting or len(wide.places) - len(wide.spec.columns[:2]) > 1):
            return Recognised(headings, wide)
        if fitting and choice.kind != WIDE.kind:
            return Recognised(headings, _best(fitting, file, sheet.name))
        nearest = max(matches, key=lambda match: len(match.places), default=None)
        if nearest is None or not nearest.places:
            raise Unreadable("sheet_unknown")
        missing = "、".join(" 或 ".join(nearest.spec[name].label for name in group) for group in nearest.missing)
        raise Unreadable("columns_missing", kind=nearest.spec.label, columns=missing)

    def _wide(self, headings: Headings, courses: frozenset[str]) -> Match | None:
        """One column a course: a spec made for this very sheet."""
        grades = next(spec for spec in self._specs if spec.kind == "grades")
        plain = replace(WIDE, columns=(grades["student_no"], grades["name"])).match(headings.ways)
        places = {
            f"course {place}": place
            for place, ways in enumerate(headings.ways)
            if place not in plain.places.values() and any(part in courses for way in ways for part in _parts(way))
        }
        if plain.missing or not places:
            return None
        columns = tuple(
            ColumnSpec(name, headings.shown[place], parse=attainments.grade) for name, place in places.items()
        )
        return Match(replace(plain.spec, columns=plain.spec.columns + columns), plain.places | places, plain.twice)


def _parts(way: str) -> tuple[str, ...]:
    """A heading, and where a code stands before the name both alone."""
    found = _CODE_AND_NAME.fullmatch(way)
    return (way, found[1], found[2]) if found else (way,)


def course_named(shown: str, courses: Mapping[str, int]) -> int:
    """The course a heading names, -1 where none; `courses` by code and name as headings are compared."""
    for way in ways(shown):
        for part in _parts(way):
            if part in courses:
                return courses[part]
    return -1


def _best(fitting: list[Match], file: str, sheet: str) -> Match:
    """The most telling of several fitting kinds: named by sheet or file, with more needs, with more columns.

    A roster of students may carry columns of any other kind, so that other kinds come first.
    """

    def telling(match: Match) -> tuple[int, int, int]:
        spec = match.spec
        in_sheet, in_file = (any(hint in name.lower() for hint in spec.hints) for name in (sheet, file))
        named = 2 * in_sheet + in_file
        return (len(spec.needs) - (spec.kind == "students") + named, named, len(match.places))

    ranked = sorted(fitting, key=lambda match: (telling(match), _ORDER[match.spec.kind]), reverse=True)
    if len(ranked) > 1 and telling(ranked[0]) == telling(ranked[1]) and not telling(ranked[0])[1]:
        raise Unreadable("sheet_unclear", kinds="、".join(match.spec.label for match in ranked[:3]))
    return ranked[0]
