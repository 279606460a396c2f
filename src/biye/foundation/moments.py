"""时刻: moments with a zone, counted as whole minutes since 1970 UTC in columns; a bare date is never a deadline."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
UNKNOWN_MINUTE = -1
_PATTERN = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?")


def moment(text: str, zone: ZoneInfo = CHINA) -> datetime:
    """ "2022-06-15 24:00" as a moment; 24:00 is the end of that day. Raises ValueError for a date that does not exist."""
    found = _PATTERN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a moment (YYYY-MM-DD HH:MM): {text!r}")
    year, month, day, hour, minute = (int(found[i]) for i in range(1, 6))
    start = datetime(year, month, day, tzinfo=_zone(found[7], zone))
    if (hour, minute) > (24, 0) or minute > 59:
        raise ValueError(f"no such time of day: {text!r}")
    return start + timedelta(hours=hour, minutes=minute, seconds=int(found[6] or 0))


def _zone(text: str | None, zone: ZoneInfo) -> timezone | ZoneInfo:
    if text is None:
        return zone
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def closing_text(when: datetime, zone: ZoneInfo = CHINA) -> str:
    """A closing moment as the office writes it: 2022年6月15日 12:00; the end of a day is 24:00 of that day."""
    local = when.astimezone(zone)
    if (local.hour, local.minute) == (0, 0):
        day = local - timedelta(days=1)
        return f"{day.year}年{day.month}月{day.day}日 24:00"
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def minute_of(when: datetime) -> int:
    """A moment as minutes since 1970 UTC."""
    if when.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return int(when.timestamp() // 60)


def from_minute(minute: int, zone: ZoneInfo = CHINA) -> datetime:
    """Minutes since 1970 UTC as a moment in `zone`."""
    return datetime.fromtimestamp(minute * 60, tz=zone)


def day_number(day: date) -> int:
    """A calendar day as days since 1970-01-01."""
    return day.toordinal() - 719_163


def from_day_number(days: int) -> date:
    """Days since 1970-01-01 as a calendar day."""
    return date.fromordinal(days + 719_163)
