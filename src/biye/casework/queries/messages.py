"""消息: a student's own, what was sent in a season and what became of it, and the proof that somebody was told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.scope import within
from biye.casework.models.message import Delivery, Message
from biye.machinery.exchange.bulk import in_chunks
from biye.machinery.gateway.core.letters import Channel

NEWEST = 100
PAGE = 50


@dataclass(frozen=True, slots=True)
class Note:
    """消息 as the student reads it."""

    id: int
    season: str
    kind: str
    task: str
    title: str
    lines: tuple[str, ...]
    consequence: str
    deadline: datetime | None
    created_at: datetime
    by_name: str
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Way:
    """投递 by one channel as staff read it. `is_bad`: somebody should look at it."""

    channel: str
    outcome: str
    at: datetime | None
    is_good: bool
    is_bad: bool


@dataclass(frozen=True, slots=True)
class SentRow:
    """已发消息: to whom, what, by whom, how it was delivered, and when it was seen."""

    id: int
    student_no: str
    name: str
    centre: str
    kind: str
    title: str
    created_at: datetime
    by_name: str
    seen_at: datetime | None
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class SentPage:
    """一页已发消息: `after` asks for the next one, 0 on the last."""

    rows: tuple[SentRow, ...]
    after: int


@dataclass(frozen=True, slots=True)
class Totals:
    """发送概况: messages, students told, students who have seen all, and letters by channel and outcome."""

    messages: int
    students: int
    unseen: int
    letters: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """一次告知: when it was put on the site, as the how manieth reminder (None: no reminder), when seen, which letters."""

    message_id: int
    at: datetime
    step: int | None
    seen_at: datetime | None
    letters: tuple[tuple[Channel, str, datetime | None], ...]


def unread(asker: Asker) -> int:
    """未读: how many messages a student has not opened."""
    return Message.objects.filter(student_id__in=[asker.student_id], seen_at__isnull=True).count()


def own_messages(asker: Asker) -> tuple[Note, ...]:
    """消息 of a student's seat, the newest first; nobody else has any."""
    found = Message.objects.filter(student_id__in=[asker.student_id]).select_related("season")[:NEWEST]
    return tuple(
        Note(
            id=one.pk,
            season=one.season.label,
            kind=one.get_kind_display(),
            task=one.task,
            title=one.title,
            lines=tuple(one.text.splitlines()),
            consequence=one.consequence,
            deadline=one.deadline,
            created_at=one.created_at,
            by_name=one.by_name,
            seen_at=one.seen_at,
        )
        for one in found
    )


def sent(asker: Asker, season_id: int, *, words: str = "", unseen: bool = False, before: int = 0) -> SentPage:
    """已发消息 of a season within the scope, the newest first; `words` are the beginning of a 学号 or a part of a name."""
    found = _visible(asker, season_id)
    if words:
        found = found.filter(Q(student__student_no__startswith=words) | Q(student__name__contains=words))
    if unseen:
        found = found.filter(seen_at__isnull=True)
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found.select_related("student__centre").prefetch_related("deliveries")[: PAGE + 1])
    return SentPage(tuple(map(_row, rows[:PAGE])), rows[PAGE - 1].pk if len(rows) > PAGE else 0)


def totals(asker: Asker, season_id: int) -> Totals:
    """发送概况 within the scope; two queries."""
    found = _visible(asker, season_id)
    counts = found.order_by().aggregate(
        messages=Count("pk"),
        students=Count("student_id", distinct=True),
        unseen=Count("student_id", distinct=True, filter=Q(seen_at__isnull=True)),
    )
    letters = (
        Delivery.objects.filter(message__in=found.order_by())
        .order_by()
        .values_list("channel", "outcome")
        .annotate(Count("pk"))
    )
    listed = sorted((Channel(channel).chinese, Delivery.Outcome(how).label, many) for channel, how, many in letters)
    return Totals(letters=tuple(listed), **counts)


def proof(season_id: int, student_ids: Collection[int] | None, task: str) -> dict[int, tuple[Told, ...]]:
    """告知凭证: whatever told each student of one matter, the earliest first; whoever was never told is left out.

    For the settlement of a deadline, which acts for the system and sees everybody: no scope. None: all of the season.
    Two queries for each 5,000 students named, or two for all.
    """
    found: defaultdict[int, list[Told]] = defaultdict(list)
    parts: Iterable[Collection[int] | None] = [None] if student_ids is None else in_chunks(student_ids)
    for part in parts:
        for student, told in _told(season_id, part, task):
            found[student].append(told)
    return {student: tuple(told) for student, told in found.items()}


def _told(season_id: int, part: Collection[int] | None, task: str) -> Iterator[tuple[int, Told]]:
    """Reminders by what they mention, notices by what their next tap leads to."""
    messages = Message.objects.filter(season_id=season_id)
    letters = Delivery.objects.filter(message__season_id=season_id).exclude(outcome=Delivery.Outcome.NO_ADDRESS)
    if part is not None:
        messages = messages.filter(student_id__in=part)
        letters = letters.filter(message__student_id__in=part)
    sent_by: defaultdict[int, list[tuple[Channel, str, datetime | None]]] = defaultdict(list)
    about = Q(message__mentions__task=task) | Q(message__mentions=None, message__task=task)
    for message, channel, outcome, at in (
        letters.filter(about).order_by("pk").values_list("message_id", "channel", "outcome", "at")
    ):
        sent_by[message].append((Channel(channel), outcome, at))
    rows = messages.filter(Q(mentions__task=task) | Q(mentions=None, task=task)).order_by("pk")
    for message, student, at, step, seen_at in rows.values_list(
        "pk", "student_id", "created_at", F("mentions__step"), "seen_at"
    ):
        yield student, Told(message, at, step, seen_at, tuple(sent_by.get(message, ())))


def _visible(asker: Asker, season_id: int) -> QuerySet[Message]:
    if not asker.may(Permission.REMIND):
        return Message.objects.none()
    return within(asker, Message.objects.filter(season_id=season_id))


_BAD = {Delivery.Outcome.FAILED, Delivery.Outcome.UNCERTAIN, Delivery.Outcome.NO_ADDRESS}


def _row(one: Message) -> SentRow:
    centre = one.student.centre
    return SentRow(
        id=one.pk,
        student_no=one.student.student_no,
        name=one.student.name,
        centre=centre.name if centre else "",
        kind=one.get_kind_display(),
        title=one.title,
        created_at=one.created_at,
        by_name=one.by_name,
        seen_at=one.seen_at,
        ways=tuple(
            Way(
                letter.get_channel_display(),
                letter.get_outcome_display(),
                letter.at,
                letter.outcome == Delivery.Outcome.SENT,
                letter.outcome in _BAD,
            )
            for letter in one.deliveries.all()
        ),
    )
