"""拒绝说明: reason code → the sentence a user reads. One catalogue for every refusal of every action."""

from collections.abc import Iterator

from biye.foundation.errors import Refused

REFUSALS: dict[str, str] = {
    "username_taken": "用户名「{username}」已有人使用，请换一个。",
    "student_unknown": "没有学号为「{student_no}」的学生，或不在您的查看范围内。",
    "centre_unknown": "没有代码为「{code}」的{centres}。",
    "seat_given": "该账户已有这一身份。",
    "last_college_seat": "这是最后一个可用的学院账户，不能停用；请先新建另一个。",
    "own_account": "不能停用自己正在使用的账户。",
    "season_open": "批次「{label}」已经建立。",
    "season_unknown": "学校资料中没有批次文件「{stem}」。",
    "no_identity": "该学生没有登记证件号码。",
}


def sentences(refused: Refused) -> Iterator[str]:
    """Every reason of a refusal as a sentence."""
    for reason in refused.reasons:
        yield REFUSALS[reason.code].format(**reason.details)
