"""取值: the parsers of common kinds of cells. Each takes a cleaned, non-blank text, and raises BadValue with a reason code."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from biye.foundation import amounts, moments, terms
from biye.machinery.exchange.core.columns import BadValue, Parser
from biye.machinery.exchange.core.problems import Severity
from biye.machinery.exchange.core.texts import fold, key, plain

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))")
_TIME = re.compile(r"[T ]?(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?(?:\.\d+)?[分秒]?")
_YEAR_MONTH = re.compile(r"((?:19|20)\d{2})[-/.年]?(\d{1,2})(?:[-/.月]?(?:\d{1,2}日?)?)?(?:00:00(?::00)?)?")
_SERIAL = re.compile(r"[1-6]\d{4}(?:\.0+)?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_EPOCH = date(1899, 12, 30)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_YES = ("是", "有", "y", "yes", "true", "1", "√", "✓", "已", "t", "对")
_NO = ("否", "无", "n", "no", "false", "0", "×", "✗", "未", "没有", "f", "x")


def code(text: str) -> str:
    """A code or number kept as text: half-width, no blanks. A number the spreadsheet shortened is refused."""
    folded = fold(text)
    if _SCIENTIFIC.fullmatch(folded):
        raise BadValue("digits_lost")
    return folded


def limited(longest: int, parse: Parser) -> Parser:
    """The same parser for texts of at most so many characters."""

    def parse_limited(text: str) -> Any:
        value = parse(text)
        if len(value) > longest:
            raise BadValue("text_too_long", limit=longest)
        return value

    return parse_limited


def credits(text: str) -> int:
    """学分 in tenths."""
    return _amount(text, amounts.TENTHS, "not_credits", 100_000)


def money(text: str) -> int:
    """金额 in cents: "1,200.50", "￥1200"."""
    bare = plain(text).replace(",", "").removeprefix("¥").removeprefix("￥").removesuffix("元")
    return _amount(bare, 100, "not_money", 10_000_000_00)


def _amount(text: str, scale: int, reason: str, most: int) -> int:
    try:
        amount = amounts.scaled(plain(text), scale)
    except ValueError:
        raise BadValue(reason) from None
    if not 0 <= amount <= most:
        raise BadValue(reason)
    return amount


def whole(least: int, most: int) -> Parser:
    """A whole number within bounds."""

    def parse(text: str) -> int:
        folded = plain(text).removesuffix(".0")
        if not (folded.isascii() and folded.isdigit() and len(folded) < 10 and least <= int(folded) <= most):
            raise BadValue("not_whole", least=least, most=most)
        return int(folded)

    return parse


def choice(words: Mapping[str, Any], reason: str) -> Parser:
    """One of a closed list of words."""
    values = {key(word): value for word, value in words.items()}
    listed = "、".join(dict.fromkeys(words))

    def parse(text: str) -> Any:
        try:
            return values[key(text)]
        except KeyError:
            raise BadValue(reason, words=listed) from None

    return parse


yes_no = choice(dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False), "not_yes_or_no")


def day(text: str) -> date:
    """日期: 2020-01-31, 2020/1/31, 2020.1.31, 20200131, 2020年1月31日, or a spreadsheet's day number."""
    folded = fold(text)
    if _SERIAL.fullmatch(folded):
        found = _EPOCH + timedelta(days=int(float(folded)))
        raise BadValue("date_from_number", Severity.NOTE, found, date=found.isoformat())
    return _split_moment(text)[0]


def moment(text: str) -> datetime:
    """时刻 in China's time; a bare date counts as the end of that day and is asked about."""
    found, at = _split_moment(text)
    if at is None:
        end = datetime.combine(found, time(), moments.CHINA) + timedelta(days=1)
        raise BadValue("time_missing", Severity.ASK, end)
    return datetime.combine(found, at, moments.CHINA)


def _split_moment(text: str) -> tuple[date, time | None]:
    found = _DATE.match(text.translate(_WIDE_DIGITS).replace(" 年", "年"))
    if not found:
        raise BadValue("not_a_date")
    year, month, number = (int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
    rest = text[found.end() :].strip()
    at = _TIME.fullmatch(rest) if rest else None
    try:
        result = date(year, month, number)
        clock = time(int(at[1]), int(at[2]), int(at[3] or 0)) if at else None
    except ValueError:
        raise BadValue("no_such_date") from None
    if rest and not at:
        raise BadValue("not_a_date")
    if not _EARLIEST <= result <= _LATEST:
        raise BadValue("no_such_date")
    return result, clock


_WIDE_DIGITS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def term(text: str) -> int:
    """学期 or 批次 as an index: 2020春, 2020年春季, 202003, 2020-03-01, 2020级."""
    folded = fold(text)
    if found := _YEAR_MONTH.fullmatch(folded):
        month = int(found[2])
        if not 1 <= month <= 12:
            raise BadValue("not_a_term")
        return terms.term(f"{found[1]}{month:02d}")
    try:
        return terms.term(folded)
    except ValueError:
        raise BadValue("not_a_term") from None
