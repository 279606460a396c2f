"""查看范围: the students a seat may read of at all. Every query about students starts here."""

from django.db.models import Model, QuerySet

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.records.models.student import Student


def students_of(asker: Asker) -> QuerySet[Student]:
    """The student's own record, a centre's students, or for the college everybody."""
    match asker.role:
        case Role.STUDENT:
            return Student.objects.filter(id__in=[asker.student_id])
        case Role.CENTRE:
            return Student.objects.filter(centre_id__in=[asker.centre_id])
        case Role.COLLEGE:
            return Student.objects.all()


def within[M: Model](asker: Asker, found: QuerySet[M]) -> QuerySet[M]:
    """Rows that belong to a student (`student`), of the students the seat may read; without a subquery."""
    match asker.role:
        case Role.STUDENT:
            return found.filter(student_id__in=[asker.student_id])
        case Role.CENTRE:
            return found.filter(student__centre_id__in=[asker.centre_id])
        case Role.COLLEGE:
            return found


def student_ids_of(asker: Asker, student_nos: list[str]) -> dict[str, int]:
    """学号 → id, of those the seat may read."""
    return dict(students_of(asker).filter(student_no__in=student_nos).values_list("student_no", "id"))
