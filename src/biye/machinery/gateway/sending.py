"""发信: the one interface to whatever carries letters beyond the site. Without configuration there is no channel, and nothing is sent."""

import smtplib
from collections.abc import Iterator, Sequence
from contextlib import suppress

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend

from biye.machinery.gateway.core.letters import Channel, Fate, Letter
from biye.machinery.gateway.plugs import deliver

DEFAULT = "default"
log = structlog.get_logger()


def channels() -> tuple[Channel, ...]:
    """通知渠道 that this installation has, in the order of the list."""
    have = {Channel.EMAIL.value} if DEFAULT in mailers else set()
    have |= settings.GATEWAY_SECRET_URLS.keys()
    return tuple(channel for channel in Channel if channel.value in have)


def send(channel: Channel, letters: Sequence[Letter]) -> Iterator[Fate]:
    """发信: one fate a letter, in their order, each as soon as it is known. Raises KeyError for a channel that is not there."""
    if channel is Channel.EMAIL:
        return _by_mail(letters)
    return _by_plug(settings.GATEWAY_SECRET_URLS[channel.value], channel, letters)


def _by_mail(letters: Sequence[Letter]) -> Iterator[Fate]:
    """One connection for all; a recipient that is refused concerns nobody else, a lost server all that follow."""
    connection, is_lost = mailers[DEFAULT], False
    try:
        for letter in letters:
            fate = Fate.UNREACHABLE if is_lost else _mailed(connection, letter)
            is_lost = fate is Fate.UNREACHABLE
            yield fate
    finally:
        # Saying goodbye to a server that is gone.
        with suppress(OSError):
            connection.close()


def _mailed(connection: BaseEmailBackend, letter: Letter) -> Fate:
    message = EmailMessage(letter.title, letter.text, settings.DEFAULT_FROM_EMAIL, [letter.to])
    try:
        connection.open()
        connection.send_messages([message])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused, ValueError):
        return Fate.REFUSED
    except OSError as wrong:
        log.warning("mail server not reached", error=type(wrong).__name__)
        return Fate.UNREACHABLE
    return Fate.SENT


def _by_plug(template: str, channel: Channel, letters: Sequence[Letter]) -> Iterator[Fate]:
    """A service that apprise knows; the setting's address has {to} where the recipient stands."""
    for letter in letters:
        if deliver(template, letter):
            yield Fate.SENT
        else:
            log.warning("gateway did not take a letter", channel=channel.value)
            yield Fate.UNREACHABLE
