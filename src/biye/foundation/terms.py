"""学期: half-years counted by one index (year times two, autumn one more), so that terms are added, not days."""

import re

SPRING, AUTUMN = 0, 1
UNKNOWN_TERM = -1

_WORDS = {
    "春": SPRING,
    "夏": SPRING,
    "上": SPRING,
    "秋": AUTUMN,
    "冬": AUTUMN,
    "下": AUTUMN,
    "spring": SPRING,
    "summer": SPRING,
    "autumn": AUTUMN,
    "winter": AUTUMN,
}
_PATTERN = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*[年级]?\s*[-./]?\s*"
    r"(?P<half>spring|summer|autumn|winter|[春夏秋冬]|[上下]半?|0?[1-9]|1[0-2])?"
    r"\s*(?:季|月|年|学期|级)*(?:入学|毕业)?",
    re.IGNORECASE,
)


def term(text: str) -> int:
    """入学批次 or 学期 as an index: "2020春", "2020年春季", "2020-autumn", "2019级", "202003".

    A bare year or 级 is its spring term, as adult intakes register in March. Raises ValueError otherwise.
    """
    found = _PATTERN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a term: {text!r}")
    half = (found["half"] or "春").lower()
    if half.isdigit():
        autumn = AUTUMN if int(half) >= 7 else SPRING
    else:
        autumn = _WORDS.get(half, _WORDS.get(half[0], SPRING))
    return int(found["year"]) * 2 + autumn


def show_term(index: int) -> str:
    """An index as people write it: 4040 is "2020春"."""
    return f"{index // 2}{'秋' if index % 2 else '春'}" if index >= 0 else "未知"
