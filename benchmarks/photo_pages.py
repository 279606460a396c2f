"""照片文档的表: what docs/photos.md prints from the specification and from the hostile files; measured in no time."""

from collections.abc import Iterator

from biye.foundation.errors import Reason
from biye.photos.core import catalogue, specification
from biye.photos.core.bands import Band, shown
from biye.photos.core.check import Unit
from biye.photos.core.examination import examine
from biye.photos.core.register import CHECKS
from biye.photos.core.sentences import refusal
from tests import photo_files
from tests.faults.photos.hostile_files import FOUND, REFUSED


def limits() -> Iterator[str]:
    """Every check and question of the second founding notice: clause, words, limits."""
    notice = specification.load(specification.USUAL)
    yield "| 检查项 | 条款 | 通知的话 | 合格 | 不合格 |"
    yield "| --- | --- | --- | --- | --- |"
    for name, limit in notice.limits.items():
        passes, fails = _ranges(getattr(limit, "band", None), CHECKS[name].unit)
        fails = "（只提醒）" if limit.is_soft else fails
        yield f"| {catalogue.LABELS[name]} | {notice.document(limit.source)} | {limit.says} | {passes} | {fails} |"
    for question in notice.questions.values():
        yield f"| 由人看 | {notice.document(question.source)} | {question.says} | {question.ask} | |"


def _ranges(band: Band | None, unit: Unit) -> tuple[str, str]:
    if band is None:
        return "", ""
    lowest = band.fail_below if band.least is None else band.least - band.doubt
    highest = band.fail_above if band.most is None else band.most + band.doubt
    passes = _between(band.sure_from, band.sure_to, unit)
    fails = [f"< {shown(lowest, unit.places)}"] if lowest is not None else []
    fails += [f"> {shown(highest, unit.places)}"] if highest is not None else []
    return passes, "，".join(fails)


def _between(low: int | None, high: int | None, unit: Unit) -> str:
    if low is not None and high is not None:
        return f"{shown(low, unit.places)}–{shown(high, unit.places)}{unit.suffix}"
    if low is not None:
        return f"≥ {shown(low, unit.places)}{unit.suffix}"
    return "" if high is None else f"≤ {shown(high, unit.places)}{unit.suffix}"


def hostile() -> Iterator[str]:
    """Every hostile file, and what is said of it."""
    notice = specification.load(specification.USUAL)
    yield "| 文件 | 结果 |"
    yield "| --- | --- |"
    for name, (made, _) in REFUSED.items():
        yield f"| {name} | 不打开：{_said(examine(made(), photo_files.NAME, notice, None).refused)} |"
    for name, (made, check, _) in FOUND.items():
        finding = examine(made(), photo_files.NAME, notice, None).finding(check)
        label = catalogue.LABELS[check]
        yield f"| {name} | 读入，无害；{label}：{finding.answer.chinese} |"


def _said(reason: Reason | None) -> str:
    if reason is None:
        raise RuntimeError("a hostile file was opened")
    return refusal(reason)
