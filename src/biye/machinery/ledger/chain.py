"""操作留痕: write an entry inside the transaction of the change it tells of, and verify the chain."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from biye.foundation.actor import Actor
from biye.machinery.ledger.models.entry import ChainEnd, Entry

MANY = 2000
"""Entries written in one statement."""


@dataclass(frozen=True, slots=True)
class Break:
    """断链: where the chain does not hold, and how."""

    entry: int
    what: str


def hold() -> ChainEnd:
    """等候留痕: stand in line, so that until this transaction ends nobody else's act comes between a look and its change."""
    end, _ = ChainEnd.objects.select_for_update().get_or_create(id=1)
    return end


def record(
    *,
    by: Actor,
    at: datetime,
    action: str,
    subject: str,
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> Entry:
    """留痕. Must be called inside the transaction of the change; raises RuntimeError otherwise."""
    if not connection.in_atomic_block:
        raise RuntimeError("a ledger entry belongs inside the transaction of its change")
    end = hold()
    entry = Entry(
        at=at,
        actor_id=by.user_id,
        actor_name=by.name,
        actor_role=by.role,
        action=action,
        subject=subject,
        before=_plain(before),
        after=_plain(after),
        reason=reason,
        previous=end.digest,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    end.digest, end.count = entry.digest, end.count + 1
    end.save()
    return entry


@dataclass(frozen=True, slots=True)
class Said:
    """一条留痕 among many of one act."""

    action: str
    subject: str
    before: Any = None
    after: Any = None
    reason: str = ""


def record_many(said: Iterable[Said], *, by: Actor, at: datetime) -> None:
    """留痕 of many changes of one act, in order, in a few statements. Must be called inside the transaction of the changes."""
    if not connection.in_atomic_block:
        raise RuntimeError("ledger entries belong inside the transaction of their changes")
    end = hold()
    entries = []
    for one in said:
        entry = Entry(
            at=at,
            actor_id=by.user_id,
            actor_name=by.name,
            actor_role=by.role,
            action=one.action,
            subject=one.subject,
            before=_plain(one.before),
            after=_plain(one.after),
            reason=one.reason,
            previous=end.digest,
        )
        entry.digest = end.digest = digest_of(entry)
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=MANY)
    end.count += len(entries)
    end.save()


def digest_of(entry: Entry) -> str:
    """The hash over everything an entry says and the hash before it."""
    said = [
        entry.previous,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.actor_role,
        entry.action,
        entry.subject,
        entry.before,
        entry.after,
        entry.reason,
    ]
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def breaks() -> Iterator[Break]:
    """Every place where the chain does not hold; nothing when all is in order."""
    with transaction.atomic():
        previous, count = "", 0
        for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
            if entry.previous != previous:
                yield Break(entry.id, "前一条摘要不符：有记录被删除、插入或改动")
            if entry.digest != digest_of(entry):
                yield Break(entry.id, "内容与摘要不符：本条记录被改动")
            previous, count = entry.digest, count + 1
        end = ChainEnd.objects.filter(id=1).first()
        if (end.digest if end else "") != previous or (end.count if end else 0) != count:
            yield Break(0, "链尾不符：最后的记录被删除或改动")


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False, default=str)) if value is not None else None
