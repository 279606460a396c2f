"""学生信息校对表: a season's candidates as they will be registered, and who has signed; to be read and signed by each of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import within
from biye.accounts.queries.students import SEXES
from biye.audit.models.run import Outcome, Run
from biye.casework.core.words import Kind, State
from biye.casework.models.case import Case
from biye.foundation.identity import mask
from biye.foundation.terms import show_term
from biye.foundation.verdicts import Truth

PAGE = 300
_ORDER = ("student__class_name", "student__student_no")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """校对表的一行. The list goes from hand to hand, so the number shows no more than its owner needs to know it by."""

    student_no: str
    name: str
    sex: str
    birth_date: date | None
    ethnicity: str
    masked_identity: str
    level: str
    major: str
    entry: str
    class_name: str
    signed: State | None


@dataclass(frozen=True, slots=True)
class CheckList:
    """校对表 of one page."""

    rows: tuple[CheckRow, ...]
    total: int
    classes: tuple[str, ...]
    levels: tuple[str, ...]


def check_rows(
    asker: Asker, season_id: int, run: Run, level: str = "", class_name: str = "", start: int = 0
) -> CheckList:
    """By class and 学号. Four queries."""
    every = within(asker, Outcome.objects.filter(run_id=run.pk).exclude(candidate=Truth.FALSE)).order_by()
    found = every.filter(
        Q(student__level=level) if level else Q(), Q(student__class_name=class_name) if class_name else Q()
    )
    in_order = found.select_related("student").defer("figures", "others").order_by(*_ORDER)
    page = [one.student for one in in_order[start : start + PAGE]]
    cases = Case.objects.filter(season_id=season_id, kind=Kind.SIGN_OFF, student_id__in=[one.pk for one in page])
    signed = {student: State(state) for student, state in cases.values_list("student_id", "state")}
    groups = set(every.values_list("student__class_name", "student__level").distinct())
    rows = tuple(
        CheckRow(
            student_no=one.student_no,
            name=one.name,
            sex=SEXES.get(one.sex, ""),
            birth_date=one.birth_date,
            ethnicity=one.ethnicity,
            masked_identity=mask(one.identity_number),
            level=one.level,
            major=one.major,
            entry=show_term(one.entry),
            class_name=one.class_name,
            signed=signed.get(one.pk),
        )
        for one in page
    )
    classes = sorted({name for name, _ in groups if name})[:PAGE]
    return CheckList(rows, found.count(), tuple(classes), tuple(sorted({level for _, level in groups if level})))
