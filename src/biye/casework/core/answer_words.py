"""答复用语: what a student is told when somebody has decided or asked for more; by kind and event."""

from biye.casework.core.words import Event, Kind

ANSWERS: dict[tuple[Kind, Event], tuple[str, str]] = {
    (Kind.CORRECTION, Event.RECEIVE_PAPER): (
        "纸质材料已收：修改{about}",
        "{who}已收到您的纸质材料，核对原件后上报学院。",
    ),
    (Kind.CORRECTION, Event.ENTER_FROM_PAPER): ("已代录：修改{about}", "{who}已按您交来的纸质材料代录修改申请。"),
    (Kind.CORRECTION, Event.RETURN): ("已退回：修改{about}", "请补正后再提交。退回的理由：{reason}"),
    (Kind.CORRECTION, Event.FORWARD_TO_PROVINCE): ("已上报省级：修改{about}", "学院已把您的修改申请上报省级审核。"),
    (Kind.CORRECTION, Event.APPROVE): ("已同意：修改{about}", "学院已同意您的修改申请。{reason}"),
    (Kind.CORRECTION, Event.REJECT): ("未同意：修改{about}", "学院没有同意您的修改申请。理由：{reason}"),
    (Kind.CORRECTION, Event.ACCEPT_LATE): ("逾期例外受理：修改{about}", "学院已例外受理您的修改申请。理由：{reason}"),
    (Kind.OBJECTION, Event.ENTER_FROM_PAPER): ("已代录：对{about}的异议", "{who}已代您提出异议，已转相关科室。"),
    (Kind.OBJECTION, Event.FORWARD): ("已转科室：对{about}的异议", "{who}已核实，转相关科室答复。{reason}"),
    (Kind.OBJECTION, Event.APPROVE): ("异议成立：{about}", "答复：{reason}"),
    (Kind.OBJECTION, Event.REJECT): ("异议不成立：{about}", "答复：{reason}"),
    (Kind.OBJECTION, Event.TAKE_BACK): (
        "重新审核：对{about}的异议",
        "学院收回了先前的答复，正在重新审核。理由：{reason}",
    ),
    (Kind.OBJECTION, Event.ACCEPT_LATE): ("逾期例外受理：对{about}的异议", "学院已例外受理您的异议。理由：{reason}"),
}
"""Kind and event → title and text."""
