"""交费审核: fees of the asker's students that are not paid in full, or of which nobody knows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet, Sum

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import within
from biye.records.models.facts import Fee

PAGE = 100


@dataclass(frozen=True, slots=True)
class OpenFee:
    """未交清的一笔, in cents; `paid` None where nobody knows."""

    id: int
    student_id: int
    student_no: str
    name: str
    level: str
    kind: str
    year: int
    due: int
    paid: int | None
    posted_on: date | None

    @property
    def owed(self) -> int:
        """What is still to be paid."""
        return self.due - (self.paid or 0)


@dataclass(frozen=True, slots=True)
class FeePage:
    """一页."""

    rows: tuple[OpenFee, ...]
    total: int
    owed: int


def open_fees(asker: Asker, words: str = "", kind: str = "", start: int = 0, count: int = PAGE) -> FeePage:
    """One page in the order of 学号."""
    found = _open(asker)
    if words:
        found = found.filter(Q(student__student_no__startswith=words) | Q(student__name__contains=words))
    if kind:
        found = found.filter(kind=kind)
    page = found.select_related("student").order_by("student__student_no", "kind", "year")[start : start + count]
    rows = [
        OpenFee(
            id=fee.pk,
            student_id=fee.student_id,
            student_no=fee.student.student_no,
            name=fee.student.name,
            level=fee.student.level,
            kind=fee.kind,
            year=fee.year,
            due=fee.due,
            paid=fee.paid,
            posted_on=fee.posted_on,
        )
        for fee in page
    ]
    sums = found.order_by().aggregate(due=Sum("due"), paid=Sum("paid"))
    return FeePage(tuple(rows), found.count(), (sums["due"] or 0) - (sums["paid"] or 0))


def fee_kinds(asker: Asker) -> list[str]:
    """Kinds of fees that somebody still owes."""
    return list(_open(asker).order_by("kind").values_list("kind", flat=True).distinct())


def owners_of(asker: Asker, fee_ids: list[int]) -> list[int]:
    """Students of these fees whom the asker may see."""
    return list(within(asker, Fee.objects.filter(pk__in=fee_ids)).values_list("student_id", flat=True).distinct())


def _open(asker: Asker) -> QuerySet[Fee]:
    return within(asker, Fee.objects.filter(Q(paid__isnull=True) | Q(paid__lt=F("due"))))
