"""颜色位数: 24-bit true colour: three colours of eight bits."""

from biye.photos.core.answers import Answer, Finding
from biye.photos.core.check import FileCheck, Limit, Roster
from biye.photos.core.opening import FileFacts

_KINDS = {"L": "grey", "1": "grey", "CMYK": "print_colours", "YCCK": "print_colours", "P": "palette"}


def judge(facts: FileFacts, _: Limit, __: Roster) -> Finding:
    """fails `grey`, `print_colours`, `palette`, or `transparent` for anything with a fourth channel."""
    if facts.mode == "RGB":
        return Finding("colour_depth", Answer.PASS, "within")
    return Finding("colour_depth", Answer.FAIL, _KINDS.get(facts.mode, "transparent"))


CHECK = FileCheck("colour_depth", Limit, judge)
