"""签字失效的说明: what a student is told when something that was signed is no longer so."""

from collections.abc import Sequence

MOST = 6
REASON = "签字时所示的内容后来有变动"
RECORD_REASON = "核对之后学籍信息有变动"
WITHDRAWN = "审查结论已收回，等重新公布后再签字"
SIGN_TITLE = "签字已失效，请看过变动之后重新签字"
RECORD_TITLE = "学籍信息有变动，请重新核对"
CONSEQUENCE = "逾期未重新签字的，按通知对逾期未确认的规定处理"


def told(changes: Sequence[str]) -> str:
    """The changes as one text, cut off where they are too many to be read in a message."""
    if not changes:
        return "打开页面可以看到现在的内容。"
    said = "；".join(changes[:MOST])
    rest = len(changes) - MOST
    return f"变动：{said}{f'；另有 {rest} 处' if rest > 0 else ''}。"
