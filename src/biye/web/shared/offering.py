"""可办的按钮: acts as buttons: what they say, which key presses them, and why one of them cannot be pressed."""

from collections.abc import Iterable
from dataclasses import dataclass

from biye.casework.core.words import Event
from biye.casework.queries.offers import Offer
from biye.web.shared.refusals import sentence

KEYS = {
    Event.APPROVE: "a",
    Event.ACCEPT_UPLOAD: "a",
    Event.FORWARD: "f",
    Event.RECEIVE_PAPER: "p",
    Event.CHECK: "c",
    Event.REJECT: "r",
    Event.RETURN: "t",
    Event.FORWARD_TO_PROVINCE: "v",
    Event.TAKE_BACK: "b",
    Event.ACCEPT_LATE: "l",
}
_STRONG = (Event.APPROVE, Event.ACCEPT_UPLOAD, Event.FORWARD, Event.RECEIVE_PAPER, Event.CHECK, Event.PROPOSE)


@dataclass(frozen=True, slots=True)
class Button:
    """按钮 of one act; `why` says what stands against it."""

    event: Event
    key: str
    is_strong: bool
    needs_reason: bool
    why: tuple[str, ...]


def offered(offers: Iterable[Offer]) -> list[Button]:
    """One primary button at most: of those that can be pressed, the one that brings the case furthest."""
    listed = list(offers)
    pressable = {offer.event for offer in listed if not offer.reasons}
    strong = next((event for event in _STRONG if event in pressable), None)
    return [
        Button(
            offer.event,
            KEYS.get(offer.event, ""),
            offer.event is strong,
            offer.needs_reason,
            tuple(sentence(reason) for reason in offer.reasons),
        )
        for offer in listed
    ]
