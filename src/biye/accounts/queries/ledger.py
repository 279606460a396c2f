"""操作留痕: what was done to one record, or by one person, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.machinery.ledger.chain import Break, breaks
from biye.machinery.ledger.models.entry import Entry

PAGE = 50


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """留痕."""

    id: int
    at: datetime
    actor: str
    role: str
    action: str
    subject: str
    before: Any
    after: Any
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """筛选: of which record, by whom, what, older than which entry."""

    subject: str = ""
    actor: str = ""
    action: str = ""
    before: int | None = None


def entries(asker: Asker, wanted: LedgerFilter) -> list[LedgerRow]:
    """One page of entries, one more than fits if there is a next page; empty without the permission."""
    if not asker.may(Permission.SEE_LEDGER):
        return []
    rows = Entry.objects.order_by("-id")
    if wanted.subject:
        rows = rows.filter(subject__endswith=wanted.subject)
    if wanted.actor:
        rows = rows.filter(actor_name__contains=wanted.actor)
    if wanted.action:
        rows = rows.filter(action=wanted.action)
    if wanted.before is not None:
        rows = rows.filter(id__lt=wanted.before)
    return _rows(rows[: PAGE + 1])


def entries_about(asker: Asker, subject: str, limit: int = 20) -> list[LedgerRow]:
    """The newest entries about one record."""
    if not asker.may(Permission.SEE_LEDGER):
        return []
    return _rows(Entry.objects.filter(subject=subject).order_by("-id")[:limit])


def _rows(found: Iterable[Entry]) -> list[LedgerRow]:
    return [
        LedgerRow(
            id=entry.pk,
            at=entry.at,
            actor=entry.actor_name,
            role=entry.actor_role,
            action=entry.action,
            subject=entry.subject,
            before=entry.before,
            after=entry.after,
            reason=entry.reason,
            digest=entry.digest,
        )
        for entry in found
    ]


def chain_breaks(asker: Asker) -> list[Break]:
    """Every place where the chain does not hold."""
    return list(breaks()) if asker.may(Permission.SEE_LEDGER) else []
