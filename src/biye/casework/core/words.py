"""办理用语: kinds of case, their states, what can happen to them, and who makes it happen."""

from enum import StrEnum


class Kind(StrEnum):
    """事项种类."""

    RECORD_CHECK = "record_check"
    CORRECTION = "correction"
    OBJECTION = "objection"
    SIGN_OFF = "sign_off"
    COMPLETION = "completion"
    DEFERRAL = "deferral"
    DEGREE = "degree"
    APPRAISAL = "appraisal"
    PRE_CONFIRMATION = "pre_confirmation"
    WITHDRAWAL = "withdrawal"

    @property
    def chinese(self) -> str:
        """What people call it."""
        return _KINDS[self]


class State(StrEnum):
    """状态. `signed`, `signed_on_site` and `deemed` are different for ever: silence is never a signature."""

    OPEN = "open"
    SUBMITTED = "submitted"
    PAPER_RECEIVED = "paper_received"
    AT_COLLEGE = "at_college"
    CHECKED = "checked"
    AT_PROVINCE = "at_province"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    UPLOADED = "uploaded"
    SIGNED = "signed"
    SIGNED_ON_SITE = "signed_on_site"
    DEEMED = "deemed"
    LAPSED = "lapsed"
    SAVED = "saved"
    PUBLIC = "public"
    APPEALED = "appealed"
    LOCKED = "locked"
    MISSED = "missed"

    @property
    def chinese(self) -> str:
        """What people read."""
        return _STATES[self]


class Event(StrEnum):
    """事件: verbs as staff say them."""

    CONFIRM = "confirm"
    DISPUTE = "dispute"
    REOPEN = "reopen"
    SUBMIT = "submit"
    ENTER_FROM_PAPER = "enter_from_paper"
    RECEIVE_PAPER = "receive_paper"
    FORWARD = "forward"
    FORWARD_TO_PROVINCE = "forward_to_province"
    RETURN = "return"
    CHECK = "check"
    APPROVE = "approve"
    REJECT = "reject"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    ACCEPT_LATE = "accept_late"
    SIGN = "sign"
    SIGN_ON_SITE = "sign_on_site"
    UPLOAD = "upload"
    ACCEPT_UPLOAD = "accept_upload"
    LAPSE = "lapse"
    SETTLE = "settle"
    SAVE = "save"
    PROPOSE = "propose"
    ANNOUNCE = "announce"
    APPEAL = "appeal"
    LOCK = "lock"

    @property
    def chinese(self) -> str:
        """What people read."""
        return _EVENTS[self]


class Who(StrEnum):
    """操作人."""

    STUDENT = "student"
    CENTRE = "centre"
    COLLEGE = "college"
    SYSTEM = "system"

    @property
    def chinese(self) -> str:
        """What people read."""
        return {"student": "学生", "centre": "学习中心", "college": "学院", "system": "系统"}[self.value]


UNDECIDED = frozenset({State.SUBMITTED, State.PAPER_RECEIVED, State.AT_COLLEGE, State.CHECKED, State.AT_PROVINCE})
"""在途: handed in, and nobody has decided yet."""
ENDED = frozenset({State.APPROVED, State.REJECTED, State.VOID, State.LOCKED, State.MISSED})
"""已了结: a further correction or objection about the same thing is a new case."""

_KINDS = {
    Kind.RECORD_CHECK: "核对学籍信息",
    Kind.CORRECTION: "关键字段修改",
    Kind.OBJECTION: "异议",
    Kind.SIGN_OFF: "签字确认",
    Kind.COMPLETION: "申请结业",
    Kind.DEFERRAL: "申请延缓毕业",
    Kind.DEGREE: "申请学位",
    Kind.APPRAISAL: "自我鉴定",
    Kind.PRE_CONFIRMATION: "预毕业确认",
    Kind.WITHDRAWAL: "退学处理",
}
_STATES = {
    State.OPEN: "待办",
    State.SUBMITTED: "已提交",
    State.PAPER_RECEIVED: "纸质材料已收",
    State.AT_COLLEGE: "学院审核中",
    State.CHECKED: "已初审，待复核",
    State.AT_PROVINCE: "省级审核中",
    State.RETURNED: "已退回",
    State.APPROVED: "已同意",
    State.REJECTED: "未同意",
    State.WITHDRAWN: "已撤回",
    State.VOID: "逾期无效",
    State.CONFIRMED: "核对无误",
    State.DISPUTED: "核对有误",
    State.UPLOADED: "已上传签字件",
    State.SIGNED: "已签字确认",
    State.SIGNED_ON_SITE: "现场签字确认",
    State.DEEMED: "逾期视为无异议",
    State.LAPSED: "签字已失效",
    State.SAVED: "已保存",
    State.PUBLIC: "公示中",
    State.APPEALED: "申诉中",
    State.LOCKED: "已锁定",
    State.MISSED: "逾期未办",
}
_EVENTS = {
    Event.CONFIRM: "核对无误",
    Event.DISPUTE: "核对有误",
    Event.REOPEN: "重新核对",
    Event.SUBMIT: "提交",
    Event.ENTER_FROM_PAPER: "按纸质材料代录",
    Event.RECEIVE_PAPER: "收到纸质材料",
    Event.FORWARD: "上报学院",
    Event.FORWARD_TO_PROVINCE: "上报省级",
    Event.RETURN: "退回",
    Event.CHECK: "初审通过",
    Event.APPROVE: "同意",
    Event.REJECT: "不同意",
    Event.TAKE_BACK: "收回决定",
    Event.WITHDRAW: "撤回",
    Event.ACCEPT_LATE: "逾期例外受理",
    Event.SIGN: "签字",
    Event.SIGN_ON_SITE: "现场签字",
    Event.UPLOAD: "上传签字件",
    Event.ACCEPT_UPLOAD: "核对签字件无误",
    Event.LAPSE: "签字失效",
    Event.SETTLE: "到期结转",
    Event.SAVE: "保存",
    Event.PROPOSE: "拟定",
    Event.ANNOUNCE: "公示并送达",
    Event.APPEAL: "申诉",
    Event.LOCK: "锁定",
}
