"""学习中心: those a seat may know of."""

from dataclasses import dataclass

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.core.roles import Role
from biye.records.models.centre import Centre


@dataclass(frozen=True, slots=True)
class CentreRow:
    """学习中心."""

    id: int
    code: str
    name: str
    telephone: str


def centres(asker: Asker) -> list[CentreRow]:
    """Every centre for the college, its own for a centre, none for a student."""
    if not asker.may(Permission.SEE_STUDENTS):
        return []
    found = Centre.objects.all()
    if asker.role is not Role.COLLEGE:
        found = found.filter(pk__in=[asker.centre_id])
    return [CentreRow(one.pk, one.code, one.name, one.telephone) for one in found]
