"""办理用语的显示: how states are coloured, and what a case is about in words; known to every template."""

from biye.casework.core.routing import Line
from biye.casework.core.words import ENDED, UNDECIDED, State

_GOOD = {State.APPROVED, State.CONFIRMED, State.SIGNED, State.SIGNED_ON_SITE, State.LOCKED}
_BAD = {State.REJECTED, State.VOID, State.MISSED, State.LAPSED, State.DISPUTED, State.RETURNED, State.APPEALED}
FORM_WORDS = {
    "reasons": "申请原因",
    "effects": "已勾选的后果",
    "text": "内容",
    "new": "改为",
    "old": "现为",
    "cause": "原因",
    "changed_on": "变更日期",
    "explanation": "说明",
    "answers": "逐项核对",
    "reason": "理由",
    "appeal_until": "申诉截止",
    "delivered_at": "送达时间",
    "how": "送达方式",
}


def state_tone(state: State) -> str:
    """The class of a state's chip."""
    if state in _GOOD:
        return "chip-jade"
    if state in _BAD:
        return "chip-urgent"
    if state in UNDECIDED or state is State.UPLOADED or state is State.PUBLIC:
        return "chip-amber"
    return "chip-slate" if state in ENDED or state is State.OPEN or state is State.DEEMED else ""


def about_word(about: str) -> str:
    """ "course:C1" as people read it: 课程 C1."""
    kind, _, key = about.partition(":")
    word = next((line.chinese for line in Line if line.value == kind), kind)
    return f"{word} {key}".strip()


def form_word(name: str) -> str:
    """A part of a form as people read it."""
    return FORM_WORDS.get(name, name)
