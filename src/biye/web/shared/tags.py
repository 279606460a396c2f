"""页面标签: how amounts, terms, moments and numbers are written on pages; known to every template."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.safestring import SafeString

from biye.accounts.core.asker import Asker
from biye.audit.core.explain.shapes import Explanation
from biye.foundation.amounts import show_credits, show_score
from biye.foundation.identity import mask
from biye.foundation.moments import closing_text
from biye.foundation.terms import show_term
from biye.seasons.queries.schools import school
from biye.web.shared.case_words import about_word, form_word, state_tone
from biye.web.shared.ledger_words import action_word, field_word, subject_word, value_word

register = template.Library()
register.filter("credits", show_credits)
register.filter("score", show_score)
register.filter("term", show_term)
register.filter("mask", mask)


@register.filter
def tel(number: str) -> str:
    """A telephone number as a link dials it."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@register.filter
def moment(when: datetime | None) -> str:
    """A moment as the office writes it: 2022年6月15日 12:00; the end of a day is 24:00 of that day."""
    return closing_text(when, ZoneInfo(timezone.get_current_timezone_name())) if when else ""


@register.filter
def start(when: datetime | None) -> str:
    """A moment at which something begins: midnight is 00:00 of the day that begins."""
    if when is None:
        return ""
    local = timezone.localtime(when)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


@register.filter
def left(until: datetime, at: datetime) -> str:
    """How much time is left, in the two largest units: 还剩 2 天 4 小时; 已截止 when none is."""
    if until <= at:
        return "已截止"
    minutes = int((until - at).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"还剩 {days} 天 {hours} 小时"
    return f"还剩 {hours} 小时 {rest} 分" if hours else f"还剩 {rest} 分钟"


@register.filter
def thousands(number: int) -> str:
    """A count with its thousands set apart: 12,345."""
    return f"{number:,}"


@register.filter
def money(cents: int) -> str:
    """Cents as people write sums: 123456 is "1,234.56"."""
    return f"{cents // 100:,}.{cents % 100:02d}"


@register.filter
def percent(part: int, whole: int) -> int:
    """Whole percent, never 100 before it is, and never more."""
    return min(100, 100 * part // whole) if whole > 0 else 0


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """An entry of a mapping by a key that a variable holds."""
    return mapping.get(key) if mapping else None


@register.filter
def seat_title(seat: Asker) -> str:
    """A seat as the switch of seats shows it; a college's office by its label."""
    office = school().offices.get(seat.office)
    place = office.label if office else seat.place
    return " · ".join(part for part in (seat.role.chinese, place) if part)


@register.simple_tag
def widget(field: BoundField, described_by: bool = False) -> SafeString:
    """A form field's control in the theme's clothes, tied to its hint and its errors."""
    kind = field.field.widget.__class__.__name__
    control = {"Select": "form-select", "CheckboxInput": "form-check-input"}.get(kind, "form-control")
    about = [f"{field.id_for_label}_hint"] if described_by else []
    about += [f"{field.id_for_label}_error"] if field.errors else []
    attributes: dict[str, str | bool] = {"class": control, "placeholder": ""}
    if about:
        attributes["aria-describedby"] = " ".join(about)
    return field.as_widget(attrs=attributes)


@register.simple_tag(takes_context=True)
def address(context: dict[str, Any], **changed: Any) -> str:
    """This page's address with some of its questions changed; an empty answer leaves the question out."""
    asked = context["request"].GET.copy()
    for name, value in changed.items():
        asked.pop(name, None)
        if value not in (None, ""):
            asked[name] = value
    return f"?{asked.urlencode()}"


register.filter("action_word", action_word)
register.filter("subject_word", subject_word)
register.filter("state_tone", state_tone)
register.filter("about_word", about_word)
register.filter("form_word", form_word)


@register.filter
def said(value: Any) -> str:
    """Before or after of a ledger entry as one line; blanks and what nobody filled in are left out."""
    if isinstance(value, dict):
        parts = (f"{field_word(key)} {said(part)}" for key, part in value.items() if part not in ("", None, [], {}))
        return "，".join(parts)
    if isinstance(value, list):
        return "、".join(said(part) for part in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return value_word(str(value))


@register.filter
def rule_word(rule: str, explanation: Explanation | None) -> str:
    """A rule's label as the explanation on the page has it."""
    findings = explanation.findings if explanation else ()
    return next((finding.label for finding in findings if finding.rule == rule), rule)


@register.filter
def index(sequence: Any, position: int) -> Any:
    """An element by its position."""
    return sequence[position]
