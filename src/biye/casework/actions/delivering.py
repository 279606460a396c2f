"""投递: messages put where students find them, and their letters sent beyond the site, each at most once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from biye.casework.core.reminder_words import Told, letter, subject
from biye.casework.core.reminding import is_quiet
from biye.casework.models.message import Delivery, Message
from biye.casework.queries.undone import left_undone
from biye.foundation.actor import Actor
from biye.machinery.gateway.core.letters import Channel, Fate, Letter
from biye.machinery.gateway.sending import channels, send
from biye.machinery.jobs.actions.submit import submit
from biye.records.models.student import Student
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import season_file

MANY = 1000
AT_ONCE = 50
TRIES = 3
LOST_AFTER = timedelta(minutes=30)
_ADDRESS: dict[Channel, str] = {Channel.EMAIL: "email", Channel.SMS: "telephone", Channel.WECOM: "student_no"}
_LATER = Delivery.Outcome.WAITING


@dataclass(frozen=True, slots=True)
class Delivered:
    """投递的结果: how many letters went out, did not, were no longer wanted, and still wait."""

    sent: int
    failed: int
    dropped: int
    waiting: int


def post(messages: Sequence[Message], *, by: Actor, at: datetime, send_letters: bool = True) -> None:
    """放入消息: inside a transaction. The site has them at once; letters are put down for every channel there is.

    Who has no address on a channel is noted as such. A job sends the letters once the transaction is committed, unless
    the caller is going to.
    """
    for message in messages:
        message.created_at, message.by_id, message.by_name, message.by_role = at, by.user_id, by.name, by.role
    Message.objects.bulk_create(messages, batch_size=MANY)
    ways = channels()
    if not (ways and messages):
        return
    wanted = {message.student_id for message in messages}
    fields = [_ADDRESS[channel] for channel in ways]
    rows = Student.objects.filter(id__in=wanted).values_list("id", *fields)
    addresses = {student: dict(zip(ways, given, strict=True)) for student, *given in rows}
    Delivery.objects.bulk_create(
        [
            Delivery(
                message=message,
                channel=channel.value,
                outcome=_LATER if addresses[message.student_id][channel] else Delivery.Outcome.NO_ADDRESS,
                at=None if addresses[message.student_id][channel] else at,
            )
            for message in messages
            for channel in ways
        ],
        batch_size=MANY,
    )
    if send_letters:
        submit(kind="deliver_messages", arguments={"up_to": messages[-1].pk}, by=by, at=at)


def deliver(*, at: datetime, progress: Callable[[int, int], None] = lambda done, total: None) -> Delivered:
    """投递 what waits, a few letters at a time. In quiet hours, and on channels that are gone, letters wait.

    Letters are marked before they are handed over. Those that a lost worker left so marked are uncertain for ever: told
    as such, and not sent again. A server that cannot be reached is left alone until the next time.
    """
    address = f"{settings.SITE_ADDRESS}{reverse('student_messages')}" if settings.SITE_ADDRESS else ""
    stale = Delivery.objects.filter(outcome=Delivery.Outcome.SENDING, at__lt=at - LOST_AFTER)
    stale.update(outcome=Delivery.Outcome.UNCERTAIN)
    counts = dict.fromkeys(Delivery.Outcome, 0)
    ways = () if is_quiet(settings.REMINDING_MANNERS, at.astimezone(school().zone)) else channels()
    total = Delivery.objects.filter(outcome=_LATER, channel__in=[way.value for way in ways]).count()
    done = 0
    for channel in ways:
        after = 0
        while claimed := _claim(channel, after, at):
            after = claimed[-1].pk
            outcomes = _send(channel, claimed, address, at)
            for outcome in outcomes:
                counts[outcome] += 1
            done += len(claimed)
            progress(min(done, total), total)
            if all(outcome is _LATER for outcome in outcomes):
                break
    return Delivered(
        counts[Delivery.Outcome.SENT],
        counts[Delivery.Outcome.FAILED],
        counts[Delivery.Outcome.DROPPED],
        Delivery.objects.filter(outcome=_LATER).count(),
    )


def _claim(channel: Channel, after: int, at: datetime) -> list[Delivery]:
    """The next few that wait, marked as being sent."""
    with transaction.atomic():
        waiting = Delivery.objects.select_for_update(of=("self",), skip_locked=_skips()).filter(
            channel=channel.value, outcome=_LATER, pk__gt=after
        )
        found = list(waiting.order_by("pk").select_related("message__season", "message__student__centre")[:AT_ONCE])
        Delivery.objects.filter(pk__in=[one.pk for one in found]).update(outcome=Delivery.Outcome.SENDING, at=at)
    return found


def _skips() -> bool:
    return transaction.get_connection().features.has_select_for_update_skip_locked


def _send(channel: Channel, claimed: list[Delivery], address: str, at: datetime) -> list[Delivery.Outcome]:
    stale = _no_longer_wanted([one.message for one in claimed], at)
    wanted = [one for one in claimed if one.message_id not in stale]
    fates = iter(send(channel, [_letter(channel, one.message, address) for one in wanted]))
    outcomes = []
    for one in claimed:
        one.outcome = Delivery.Outcome.DROPPED if one.message_id in stale else _outcome(one, next(fates))
        one.at = None if one.outcome is _LATER else at
        one.save(update_fields=("outcome", "tries", "at"))
        outcomes.append(one.outcome)
    return outcomes


def _outcome(one: Delivery, fate: Fate) -> Delivery.Outcome:
    one.tries += 1
    if fate is Fate.SENT:
        return Delivery.Outcome.SENT
    return _LATER if fate is Fate.UNREACHABLE and one.tries < TRIES else Delivery.Outcome.FAILED


def _no_longer_wanted(messages: list[Message], at: datetime) -> set[int]:
    """Reminders whose deadline is past, and of what has been done since: nobody is reminded of what is done."""
    reminders = [one for one in messages if one.kind == Message.Kind.REMINDER]
    stale = {one.pk for one in reminders if one.deadline is not None and one.deadline <= at}
    for season in {one.season for one in reminders}:
        those = [one for one in reminders if one.season_id == season.pk and one.pk not in stale]
        ids = [one.student_id for one in those]
        found = left_undone(None, season.pk, season_file(season.stem), ids) if ids else []
        left = {one.student_id: one.undone for one in found}
        stale |= {one.pk for one in those if one.task not in left.get(one.student_id, ())}
    return stale


def _letter(channel: Channel, message: Message, address: str) -> Letter:
    student = message.student
    told = Told(
        season=message.season.label,
        name=student.name,
        title=message.title,
        text=message.text,
        consequence=message.consequence,
        address=address,
        centre=student.centre.name if student.centre else "",
        telephone=student.centre.telephone if student.centre else "",
    )
    return Letter(getattr(student, _ADDRESS[channel]), subject(told), letter(told))
