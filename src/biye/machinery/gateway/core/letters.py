"""通知渠道: what goes beyond the site, by which channel, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """通知渠道 beyond the site itself."""

    EMAIL = "email"
    SMS = "sms"
    WECOM = "wecom"

    @property
    def chinese(self) -> str:
        """The word a user reads."""
        return {"email": "电子邮件", "sms": "短信", "wecom": "企业微信"}[self.value]


@dataclass(frozen=True, slots=True)
class Letter:
    """信: to one person. `to` is an address as the channel knows it."""

    to: str
    title: str
    text: str


class Fate(StrEnum):
    """下落: what the next server said. Whether somebody read it, only the site knows."""

    SENT = "sent"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
