"""办理流转表: the transition table as a page people read; docs hold what this prints."""

from biye.casework.core.transitions import TABLE, Clock, Guard, Side, Transition
from biye.casework.core.words import Kind

HEAD = """# 办理流转表

本页由程序中的流转表（`src/biye/casework/core/transitions.py`）打印，请勿手改；改表之后运行 `make tables`。
“时限”一栏：网上、纸质各指批次日程中该事项的网上截止时刻与纸质截止时刻；截止时刻本身算已过。
“签字”“现场签字”“逾期视为无异议”是三种永远不同的状态；系统从不代人签字，也从不自动退学。
"""
_CLOCKS = {Clock.WINDOW: "网上", Clock.PAPER: "纸质"}
_SIDES = {Side.BEFORE: "截止前", Side.AFTER: "截止后"}
GUARDS = {
    Guard.ROUTE_OPEN: "该通道对本人开放",
    Guard.EFFECTS_ACCEPTED: "已勾选不可撤回的后果",
    Guard.FORM_COMPLETE: "申请内容填写完整",
    Guard.EVIDENCE_COMPLETE: "证明材料齐全",
    Guard.SHOWN_UNCHANGED: "所示内容此后没有变化",
    Guard.REASON_GIVEN: "写明理由",
    Guard.SECOND_PERSON: "学校要求复核时，由另一人办理",
    Guard.NO_RIVAL_CHOICE: "没有与之冲突的申请",
    Guard.CHOICE_SETTLED: "没有未了结的结业、延缓毕业申请",
    Guard.NOT_FROZEN: "学籍数据尚未冻结、名单尚未锁定",
    Guard.PUBLICITY_OVER: "公示期满",
    Guard.DELIVERED: "已送达并有送达凭证",
    Guard.SILENCE_COUNTS: "通知写明逾期视为无异议",
    Guard.WITNESS_PRESENT: "学习中心老师在场见证",
    Guard.FAVOURABLE: "审查结论符合毕业条件或已获准结业，且未获准延缓毕业",
}


def printed() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for kind in Kind for line in _section(kind))])


def _section(kind: Kind) -> list[str]:
    rows = [_row(row) for row in TABLE if row.kind is kind]
    return [
        f"## {kind.chinese}",
        "",
        "| 状态 | 事件 | 谁 | 时限 | 条件 | 之后 |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
    ]


def _row(row: Transition) -> str:
    time = f"{_CLOCKS[row.clock]}{_SIDES[row.side]}" if row.clock and row.side else "不限"
    guards = "；".join(GUARDS[guard] for guard in row.guards) or "无"
    cells = (row.state.chinese, row.event.chinese, row.who.chinese, time, guards, row.next.chinese)
    return f"| {' | '.join(cells)} |"
