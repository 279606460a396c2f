"""审查结果: runs of a season and what they found, by filter and page; the number of queries never depends on the number of students."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import within
from biye.audit.core.engine import SEVERAL, UNDECIDED, Programme
from biye.audit.models.run import Outcome, Run
from biye.audit.queries.rules import read_rules
from biye.foundation.terms import show_term
from biye.foundation.verdicts import Truth, Verdict

PAGE = 50
UNDECIDED_LABEL = "待定"
_MASKS = {Verdict.NOT_MET: "not_met", Verdict.UNKNOWN: "unknown", Verdict.NOT_REQUIRED: "not_required"}


@dataclass(frozen=True, slots=True)
class Filter:
    """筛选: every part given must hold. `conclusion` is a row number of the first book, UNDECIDED or SEVERAL."""

    candidate: Truth | None = None
    in_season: bool = False  # candidates, and those of whom it is not known yet
    conclusion: int | None = None
    rule: int | None = None
    verdict: Verdict | None = None
    centre_id: int | None = None
    level: str = ""
    entry: int | None = None
    status: str = ""
    outside_system: bool | None = None
    words: str = ""  # of 学号 (from the beginning) or 姓名


@dataclass(frozen=True, slots=True)
class ResultRow:
    """审查结果 of one student, short enough for a list."""

    student_id: int
    student_no: str
    name: str
    level: str
    entry: str
    centre: str
    status: str
    candidate: Truth
    conclusion: str
    is_decided: bool
    not_met: tuple[str, ...]
    unknown: tuple[str, ...]
    is_overridden: bool


@dataclass(frozen=True, slots=True)
class Page:
    """一页: `after` asks for the next one, empty on the last."""

    rows: tuple[ResultRow, ...]
    after: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """原因 × 学习中心: candidates of one centre, and how many of them each rule keeps back or leaves open."""

    centre_id: int | None
    centre: str
    students: int
    not_met: tuple[int, ...]
    unknown: tuple[int, ...]
    anything_unknown: int


def runs_of(asker: Asker, season_id: int) -> QuerySet[Run]:
    """Finished and running audits of a season, newest first; rehearsals are not among them."""
    return Run.objects.filter(season_id=season_id, purpose=Run.Purpose.TRIAL).select_related("rules", "rules__season")


def latest_run(asker: Asker, season_id: int) -> Run | None:
    """The newest finished audit, for whoever may see students."""
    if not asker.may(Permission.SEE_STUDENTS):
        return None
    return runs_of(asker, season_id).filter(state=Run.State.DONE).order_by("-id").first()


def outcomes_of(asker: Asker, run: Run, chosen: Filter = Filter()) -> QuerySet[Outcome]:
    """Outcomes of a finished run within the asker's scope; nothing of a run that is not done."""
    found = within(asker, Outcome.objects.filter(run_id=run.pk if run.state == Run.State.DONE else 0))
    conditions: dict[str, Any] = {
        "candidate": chosen.candidate,
        "conclusion": chosen.conclusion,
        "student__centre_id": chosen.centre_id,
        "student__level": chosen.level or None,
        "student__entry": chosen.entry,
        "student__status": chosen.status or None,
        "student__is_outside_system": chosen.outside_system,
    }
    found = found.filter(**{name: value for name, value in conditions.items() if value is not None})
    if chosen.in_season:
        found = found.exclude(candidate=Truth.FALSE)
    if chosen.words:
        found = found.filter(Q(student__student_no__startswith=chosen.words) | Q(student__name__contains=chosen.words))
    if chosen.rule is not None and chosen.verdict is not None:
        found = _with_verdict(found, chosen.rule, chosen.verdict)
    return found


def results(
    asker: Asker,
    run: Run,
    chosen: Filter = Filter(),
    after: str = "",
    size: int = PAGE,
) -> Page:
    """One page in the order of 学号, from behind `after`."""
    return page_of(outcomes_of(asker, run, chosen), run, after, size)


def page_of(found: QuerySet[Outcome], run: Run, after: str = "", size: int = PAGE) -> Page:
    """One page of outcomes that were chosen by more than a filter."""
    found = found.filter(student__student_no__gt=after)
    rows = list(
        found.select_related("student", "student__centre").defer("figures").order_by("student__student_no")[: size + 1]
    )
    programme = read_rules(run.rules).programme
    shown = tuple(_row(outcome, programme) for outcome in rows[:size])
    return Page(shown, shown[-1].student_no if len(rows) > size else "")


def how_many(asker: Asker, run: Run, chosen: Filter = Filter()) -> int:
    """How many students a filter finds."""
    return outcomes_of(asker, run, chosen).count()


def numbers_of(asker: Asker, run_id: int, chosen: Filter) -> tuple[int, list[str]]:
    """批次 and 学号 of everybody a filter finds, for an act on all of them."""
    run = Run.objects.get(pk=run_id)
    found = outcomes_of(asker, run, chosen).order_by("student__student_no")
    return run.season_id, list(found.values_list("student__student_no", flat=True))


def by_conclusion(asker: Asker, run: Run) -> dict[int, int]:
    """Candidates by conclusion: row number, UNDECIDED or SEVERAL → how many."""
    candidates = outcomes_of(asker, run, Filter(in_season=True))
    return dict(candidates.order_by().values_list("conclusion").annotate(Count("student_id")))


def conclusion_labels(run: Run) -> dict[int, str]:
    """Every conclusion a list can be filtered by, with its words."""
    first = next(iter(read_rules(run.rules).programme.books.values()))
    return {
        **{number: row.give for number, row in enumerate(first.conclusions)},
        UNDECIDED: UNDECIDED_LABEL,
        SEVERAL: "多条结论同时成立，须人工裁定",
    }


def heat(asker: Asker, run: Run) -> tuple[HeatRow, ...]:
    """原因 × 学习中心, of candidates; one query."""
    count = len(read_rules(run.rules).programme.rules)
    sums = {
        f"{mask}_{rule}": Sum(F(mask).bitrightshift(rule).bitand(1), output_field=IntegerField())
        for mask in ("not_met", "unknown")
        for rule in range(count)
    }
    any_unknown = Sum(Case(When(unknown=0, then=Value(0)), default=Value(1), output_field=IntegerField()))
    found = (
        outcomes_of(asker, run, Filter(in_season=True))
        .order_by()
        .values("student__centre_id", "student__centre__name")
        .annotate(students=Count("student_id"), open=any_unknown, **sums)
    )
    each = [dict[str, Any](one) for one in found]
    rows = [
        HeatRow(
            centre_id=one["student__centre_id"],
            centre=one["student__centre__name"] or "（未注明）",
            students=one["students"],
            not_met=tuple(one[f"not_met_{rule}"] for rule in range(count)),
            unknown=tuple(one[f"unknown_{rule}"] for rule in range(count)),
            anything_unknown=one["open"],
        )
        for one in each
    ]
    return tuple(sorted(rows, key=lambda row: (-row.students, row.centre)))


@dataclass(frozen=True, slots=True)
class CleaningUp:
    """待清理: students whose status cannot graduate, by status; found and listed, never silently dropped."""

    status: str
    why: str
    students: int


def cleaning_up(asker: Asker, run: Run) -> tuple[CleaningUp, ...]:
    """非预毕业学生 by status, those the season file says to clean up among them."""
    loaded = read_rules(run.rules)
    found = (
        outcomes_of(asker, run, Filter(candidate=Truth.FALSE))
        .order_by()
        .values_list("student__status")
        .annotate(Count("student_id"))
    )
    rows = []
    for status, students in found:
        meaning = loaded.school.meaning(status)
        exclusion = next((one for name, one in loaded.season.excluded.items() if name == meaning), None)
        if exclusion is not None:
            rows.append(CleaningUp(status, exclusion.why_not, students))
    return tuple(sorted(rows, key=lambda row: -row.students))


@dataclass(frozen=True, slots=True)
class RunSummary:
    """审查概况: how many, who passes, what is open."""

    run: Run
    candidates: int
    favourable: int
    undecided: int
    conclusions: tuple[tuple[int, str, int], ...] = field(default=())  # number, words, students


def summary(asker: Asker, run: Run) -> RunSummary:
    """One query for the whole."""
    counts = by_conclusion(asker, run)
    labels, favourable = conclusion_labels(run), favourable_rows(run)
    return RunSummary(
        run=run,
        candidates=sum(counts.values()),
        favourable=sum(students for number, students in counts.items() if number in favourable),
        undecided=counts.get(UNDECIDED, 0) + counts.get(SEVERAL, 0),
        conclusions=tuple((number, labels[number], counts[number]) for number in sorted(counts, reverse=True)),
    )


def favourable_rows(run: Run) -> frozenset[int]:
    """Numbers of the conclusions with which one graduates."""
    first = next(iter(read_rules(run.rules).programme.books.values()))
    return frozenset(number for number, row in enumerate(first.conclusions) if row.favourable)


def deciding_labels(run: Run) -> frozenset[str]:
    """Labels of the rules that the first book's conclusions name: nothing else keeps anybody from graduating."""
    programme = read_rules(run.rules).programme
    named = {rule for row in next(iter(programme.books.values())).conclusions for rule in row.when.rules()}
    return frozenset(rule.label for rule in programme.rules if rule.id in named)


def only_deciding(run: Run, rows: Iterable[ResultRow]) -> tuple[ResultRow, ...]:
    """The same rows with those reasons alone that keep somebody from graduating."""
    labels = deciding_labels(run)
    return tuple(
        replace(
            row,
            not_met=tuple(label for label in row.not_met if label in labels),
            unknown=tuple(label for label in row.unknown if label in labels),
        )
        for row in rows
    )


def finished_before(asker: Asker, run: Run) -> Run | None:
    """The finished audit just before this one, to compare with."""
    earlier = runs_of(asker, run.season_id).filter(state=Run.State.DONE, id__lt=run.pk)
    return earlier.order_by("-id").first()


def newest_at(asker: Asker, season_id: int) -> datetime | None:
    """When the newest finished audit looked at the facts."""
    run = latest_run(asker, season_id)
    return run.snapshot_at if run else None


def _with_verdict(found: QuerySet[Outcome], rule: int, verdict: Verdict) -> QuerySet[Outcome]:
    bit = 1 << rule
    if verdict in _MASKS:
        return found.annotate(hit=F(_MASKS[verdict]).bitand(bit)).exclude(hit=0)
    masks = [F(mask).bitand(bit) for mask in _MASKS.values()]
    named = {f"other_{place}": mask for place, mask in enumerate(masks)}
    return found.annotate(**named).exclude(reduce(or_, (~Q(**{name: 0}) for name in named)))


def _row(outcome: Outcome, programme: Programme) -> ResultRow:
    student, first = outcome.student, next(iter(programme.books.values()))
    is_decided = outcome.conclusion >= 0
    candidate = Truth(outcome.candidate)
    text = first.conclusions[outcome.conclusion].give if is_decided else UNDECIDED_LABEL
    return ResultRow(
        student_id=student.pk,
        student_no=student.student_no,
        name=student.name,
        level=student.level,
        entry=show_term(student.entry),
        centre=student.centre.name if student.centre else "",
        status=student.status,
        candidate=candidate,
        conclusion="" if candidate == Truth.FALSE else text,
        is_decided=is_decided and candidate != Truth.FALSE,
        not_met=_labels(outcome.not_met, programme),
        unknown=_labels(outcome.unknown, programme),
        is_overridden=outcome.overridden != 0,
    )


def _labels(mask: int, programme: Programme) -> tuple[str, ...]:
    return tuple(rule.label for number, rule in enumerate(programme.rules) if mask >> number & 1)
