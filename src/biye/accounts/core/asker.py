"""查询人: who asks or acts, in which seat; the first parameter of every query, so that nothing is read without a scope."""

from dataclasses import dataclass

from biye.accounts.core.permissions import Permission, allows
from biye.accounts.core.roles import Role
from biye.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Asker:
    """查询人. A student's seat names a status record (id of Student), a centre's its centre, a college's maybe an office."""

    user_id: int
    name: str
    role: Role
    seat_id: int
    student_id: int | None = None
    centre_id: int | None = None
    office: str = ""
    place: str = ""

    def may(self, permission: Permission) -> bool:
        """Does this seat's role have the permission?"""
        return allows(self.role, permission)

    @property
    def actor(self) -> Actor:
        """The same person as actions and the ledger name them."""
        return Actor(self.user_id, self.name, self.role.value)
