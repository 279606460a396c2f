"""选择的答复用语: what a student is told when somebody has decided about an application, a signed sheet or a self-appraisal."""

from collections.abc import Iterable, Mapping

from biye.casework.core.words import Event, Kind

_CHOICE: dict[Event, tuple[str, str]] = {
    Event.RECEIVE_PAPER: ("{kind}：纸质材料已收", "纸质材料已收到，核对后上报学院。"),
    Event.ENTER_FROM_PAPER: ("{kind}：已按纸质材料代录", "已按您交来的纸质材料代录，上报学院审核。"),
    Event.RETURN: ("{kind}：已退回，请修改", "退回的理由：{reason}"),
    Event.APPROVE: ("{kind}：学院已同意", "审查结论已按此更新，请看过之后签字确认。"),
    Event.REJECT: ("{kind}：学院没有同意", "理由：{reason}。审查结论不变，请看过之后签字确认。"),
    Event.ACCEPT_LATE: ("{kind}：学院已例外受理", "逾期例外受理，学院审核中。理由：{reason}"),
}
_DEGREE: dict[Event, tuple[str, str]] = {
    Event.ENTER_FROM_PAPER: ("{kind}：已代录", "已按您的意愿代录，上报学院审核。"),
    Event.RETURN: ("{kind}：已退回，请修改", "退回的理由：{reason}"),
    Event.APPROVE: ("{kind}：学院已同意", "学位评定通过，请留意学位授予的通知。"),
    Event.REJECT: ("{kind}：学院没有同意", "理由：{reason}"),
    Event.ACCEPT_LATE: ("{kind}：学院已例外受理", "逾期例外受理，学院审核中。理由：{reason}"),
}
_WORDS: dict[Kind, Mapping[Event, tuple[str, str]]] = {
    Kind.COMPLETION: _CHOICE,
    Kind.DEFERRAL: _CHOICE,
    Kind.DEGREE: _DEGREE,
    Kind.SIGN_OFF: {
        Event.ACCEPT_UPLOAD: ("签字件已核对", "您上传的签字件核对无误，签字确认已完成。"),
        Event.RETURN: ("签字件已退回，请重新签字", "退回的理由：{reason}"),
        Event.ACCEPT_LATE: ("签字确认：学院已例外受理", "逾期例外受理。理由：{reason}"),
    },
    Kind.APPRAISAL: {Event.RETURN: ("自我鉴定已退回，请修改", "退回的理由：{reason}")},
}


def words(kind: Kind, event: Event, reason: str) -> tuple[str, str] | None:
    """Title and text; None where the student did it, or there is nothing to say."""
    found = _WORDS.get(kind, {}).get(event)
    if found is None:
        return None
    title, text = (part.format(kind=kind.chinese, reason=reason.strip().rstrip("。")) for part in found)
    return title, text


def told_of(kinds: Iterable[Kind], event: Event) -> frozenset[Kind]:
    """Of which of these kinds the student is told when this happens."""
    return frozenset(kind for kind in kinds if event in _WORDS.get(kind, {}))
