"""查看消息: what a student opened is seen from then on."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from biye.accounts.core.asker import Asker
from biye.casework.models.message import Message


def see(message_ids: Collection[int], *, by: Asker, at: datetime) -> int:
    """查看: the student's own messages among these that were not seen before; how many.

    The first time counts for ever. Being seen is itself the trace, so the ledger has no entry of its own.
    """
    unseen: QuerySet[Message] = Message.objects.filter(student_id__in=[by.student_id], seen_at__isnull=True)
    return unseen.filter(pk__in=list(message_ids)).update(seen_at=at)
