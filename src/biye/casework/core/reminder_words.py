"""提醒的文字: what a reminder says: until when, what happens otherwise, and where to go. The one catalogue for it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from biye.casework.core.reminding import Matter
from biye.foundation.moments import closing_text

TITLE = "请在 {until} 前办理：{label}"
TITLE_OF_SEVERAL = "还有 {count} 件事没有办，最近的 {until} 截止"
TITLE_WITHOUT_TIME = "请办理：{label}"
LINE = "{label}：{until} 截止。"
LINE_WITHOUT_TIME = "{label}：还没有办理。"
LATE = "逾期：{consequence}"
NEXT = "办理：{address}"
NEXT_WITHOUT_ADDRESS = "办理：请登录毕业资格审查系统，打开“消息”。"
ASK = "咨询：{centre} {telephone}"
GREETING = "{name}同学："
SUBJECT = "【{season}】{title}"
LETTERS = "信件发出 {sent} 封，未能发出 {failed} 封，不必再发 {dropped} 封，待发 {waiting} 封"
SUMMARY = "提醒 {told} 人；" + LETTERS
TITLE_MOST = 120


@dataclass(frozen=True, slots=True)
class Wording:
    """提醒的文字. `deadline` is the nearest one."""

    title: str
    text: str
    consequence: str
    deadline: datetime | None


def wording(matters: tuple[Matter, ...], zone: ZoneInfo) -> Wording:
    """What is said of these matters, the nearest of which stands first."""
    lead = matters[0]
    until = closing_text(lead.closes, zone) if lead.closes else ""
    title = TITLE if until else TITLE_WITHOUT_TIME
    if len(matters) > 1 and until:
        title = TITLE_OF_SEVERAL
    return Wording(
        title=title.format(until=until, label=lead.label, count=len(matters))[:TITLE_MOST],
        text="\n".join(_line(matter, zone) for matter in matters),
        consequence=late(lead.consequence),
        deadline=lead.closes,
    )


def late(consequence: str) -> str:
    """逾期后果 as a sentence of its own."""
    return consequence if not consequence or consequence.startswith("逾期") else LATE.format(consequence=consequence)


@dataclass(frozen=True, slots=True)
class Told:
    """信的内容: what the letter of a message is written from."""

    season: str
    name: str
    title: str
    text: str
    consequence: str
    address: str
    centre: str
    telephone: str


def subject(told: Told) -> str:
    """信的标题."""
    return SUBJECT.format(season=told.season, title=told.title)


def letter(told: Told) -> str:
    """信的正文: whom, what, otherwise, the next tap, whom to ask."""
    parts = [
        GREETING.format(name=told.name),
        told.text,
        told.consequence,
        NEXT.format(address=told.address) if told.address else NEXT_WITHOUT_ADDRESS,
        ASK.format(centre=told.centre, telephone=told.telephone).strip() if told.centre else "",
    ]
    return "\n".join(part for part in parts if part)


def _line(matter: Matter, zone: ZoneInfo) -> str:
    if matter.closes is None:
        return LINE_WITHOUT_TIME.format(label=matter.label)
    return LINE.format(label=matter.label, until=closing_text(matter.closes, zone))
