"""操作人: who does something, as the ledger remembers it; a value, never a database row."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """操作人: user id (None for the system), the name shown, and the role acted in."""

    user_id: int | None
    name: str
    role: str


SYSTEM = Actor(None, "系统", "system")
