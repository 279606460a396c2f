"""变动的告知: what of a conclusion is no longer as it was, line by line, in the words in which both were shown."""

from dataclasses import dataclass

from biye.audit.core.explain.shapes import Explanation
from biye.foundation.amounts import show_credits

OPEN = "尚不能得出结论"
TOLD = {
    "title": "已更正：{what}",
    "moved": "{what}由“{before}”改为“{after}”。重新审查后：{moved}。",
    "same": "{what}由“{before}”改为“{after}”。已重新审查，审查结论没有变动。",
    "later": "{what}由“{before}”改为“{after}”。下一次公布的审查结论将按更正后的数据作出。",
    "line": "{what}由“{before}”改为“{after}”",
}


@dataclass(frozen=True, slots=True)
class Told:
    """变动的一项."""

    what: str
    before: str
    after: str


def what_changed(before: Explanation, after: Explanation) -> tuple[Told, ...]:
    """Conclusions first, then credits, unified exams and requirements; what is as it was is not mentioned."""
    old, new = _said(before), _said(after)
    lines = [Told(what, old.get(what, ""), text) for what, text in new.items() if old.get(what) != text]
    return (*lines, *(Told(what, text, "") for what, text in old.items() if what not in new))


def _said(one: Explanation) -> dict[str, str]:
    credits = f"{show_credits(one.earned)} / {show_credits(one.asked)}" if one.asked >= 0 else ""
    return {
        **{line.label: line.text or OPEN for line in one.conclusions},
        **({"学分": credits} if credits else {}),
        **{f"统考「{exam.subject}」": exam.state for exam in one.exams},
        **{f"「{finding.label}」": f"{finding.verdict.chinese}，{finding.text}" for finding in one.findings},
    }
