"""读入文件: files to tables, each sheet recognised; what cannot be read or recognised is a problem."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from biye.foundation.codes import Part
from biye.machinery.exchange.core.cells import Sheet
from biye.machinery.exchange.core.columns import SheetSpec
from biye.machinery.exchange.core.limits import DEFAULT, Limits, Unreadable
from biye.machinery.exchange.core.problems import Problem, Problems, Severity
from biye.machinery.exchange.core.table import Table, read_table
from biye.machinery.exchange.core.texts import heading
from biye.machinery.exchange.core.workbook import read_workbook
from biye.records.core.sheets.choices import SKIP
from biye.records.core.sheets.recognise import WIDE, Recogniser
from biye.records.core.sheets.settings import PARTS_OF, Choice, Coverage, SheetSettings, named_part
from biye.records.core.sheets.stacking import Stack

Progress = Callable[[str, int, int], None]
"""What is being read, how many files are done, how many there are."""
Load = Callable[[], bytes]
PLAN_KINDS = ("plans", "plan_modules", "plan_courses", "plan_exams", "substitutions")


@dataclass(slots=True)
class InHand:
    """A table read, whom it speaks for, and for which parts of the facts."""

    table: Table
    kind: str
    coverage: Coverage
    parts: tuple[Part, ...]
    is_marked: bool  # somebody or some name said which part of the grades this is


@dataclass(slots=True)
class Readings:
    """读入结果: all tables of one import, and every problem so far."""

    problems: Problems
    in_hand: list[InHand] = field(default_factory=list)

    def of(self, *kinds: str) -> list[InHand]:
        """What is in hand of some kinds."""
        return [item for item in self.in_hand if item.kind in kinds]

    def stack(self, *kinds: str) -> Stack:
        """The tables of some kinds under one another."""
        return Stack([item.table for item in self.of(*kinds)])


def read_files(
    files: Iterable[tuple[str, Load]],
    settings: SheetSettings,
    choices: Mapping[str, Choice],
    problems: Problems,
    known_courses: Iterable[str] = (),
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
) -> Readings:
    """Every sheet of every file. `known_courses` are codes and names of courses known from elsewhere."""
    listed = list(files)
    recogniser = Recogniser(settings)
    readings = Readings(problems)
    waiting: list[tuple[str, Sheet, Choice]] = []
    for done, (file, load) in enumerate(listed):
        if progress:
            progress(file, done, len(listed))
        waiting += _sheets(file, load, choices, limits, problems)
    # Plans come first: their courses tell the headings of a sheet with one column a course.
    courses = frozenset(heading(name) for name in known_courses)
    rest = []
    for file, sheet, choice in waiting:
        if _take(readings, recogniser, settings, (file, sheet, choice), courses, only_plans=True) is not None:
            rest.append((file, sheet, choice))
    plans = readings.stack("plan_courses")
    named = {name for column in ("course_code", "course_name") for name in plans[column].distinct if name}
    courses |= frozenset(heading(name) for name in named)
    lost = []
    for item in rest:
        refusal = _take(readings, recogniser, settings, item, courses, only_plans=False)
        if isinstance(refusal, Unreadable):
            lost.append((item, refusal))
    _tell_lost(readings, lost)
    if progress:
        progress("", len(listed), len(listed))
    return readings


def _sheets(
    file: str, load: Load, choices: Mapping[str, Choice], limits: Limits, problems: Problems
) -> list[tuple[str, Sheet, Choice]]:
    whole = choices.get(file, Choice())
    if whole.kind == SKIP:
        return []
    book = read_workbook(file, load(), limits)
    if book.problem:
        problems.add(book.problem)
        return []
    found = []
    for sheet in book.sheets:
        choice = choices.get(f"{file}/{sheet.name}", whole)
        if len(sheet) and choice.kind != SKIP:
            found.append((file, sheet, choice))
    if not any(len(sheet) for sheet in book.sheets):
        problems.add(Problem("no_rows", Severity.REFUSE, file))
    return found


def _take(
    readings: Readings,
    recogniser: Recogniser,
    settings: SheetSettings,
    item: tuple[str, Sheet, Choice],
    courses: frozenset[str],
    only_plans: bool,
) -> Unreadable | SheetSpec | None:
    """Read one sheet if its turn has come; otherwise its kind, or why it has none."""
    file, sheet, choice = item
    try:
        found = recogniser.recognise(file, sheet, choice, courses)
    except Unreadable as refusal:
        return refusal
    kind = found.match.spec.kind
    if only_plans != (kind in PLAN_KINDS):
        return found.match.spec
    table = read_table(file, sheet, found.headings, found.match, readings.problems)
    parts, marked = PARTS_OF.get(kind, ()), False
    if kind in ("grades", WIDE.kind):
        named = named_part(sheet.name) or named_part(file)
        marked = choice.parts is not None or named is not None
        parts = choice.parts or ((named,) if named is not None else parts)
    coverage = settings.covers(kind, choice)
    readings.in_hand.append(InHand(table, kind, coverage, parts, marked))
    if not len(table):
        # An empty list of sanctions says that there are none; an empty list of grades says nothing.
        severity = Severity.NOTE if coverage == "complete" and parts else Severity.ASK
        readings.problems.add(Problem("headings_only", severity, file, sheet.name))
    return None


def _tell_lost(readings: Readings, lost: list[tuple[tuple[str, Sheet, Choice], Unreadable]]) -> None:
    """Sheets of no kind: beside others that were read, one without any known heading is a page of remarks."""
    read = {item.table.file for item in readings.in_hand}
    for (file, sheet, _), refusal in lost:
        remarks = refusal.code == "no_headings" and file in read
        severity = Severity.NOTE if remarks else Severity.ASK if sheet.hidden else Severity.REFUSE
        code = "sheet_of_remarks" if remarks else refusal.code
        readings.problems.add(Problem(code, severity, file, sheet.name, details=refusal.details))
