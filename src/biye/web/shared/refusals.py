"""拒绝说明: reason code → the sentence a user reads. One catalogue for every refusal of every action."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localtime

from biye.casework.core.catalogue import REFUSALS as CASEWORK
from biye.foundation.errors import Reason, Refused
from biye.photos.core import sentences as photo_sentences

REFUSALS: dict[str, str] = {
    "username_taken": "用户名「{username}」已有人使用，请换一个。",
    "student_unknown": "没有学号为「{student_no}」的学生，或不在您的查看范围内。",
    "centre_unknown": "没有代码为「{code}」的站点。",
    "seat_given": "该账户已有这一身份。",
    "last_college_seat": "这是最后一个可用的学院账户，不能停用；请先新建另一个。",
    "own_account": "不能停用自己正在使用的账户。",
    "season_open": "批次「{label}」已经建立。",
    "season_unknown": "学校资料中没有批次文件「{stem}」。",
    "no_longer_allowed": "发起人已没有这项权限，没有执行。",
    "run_is_needed": "第 {run} 号审查还有用处（已公布、最新、作比较基准或不够久），没有清理。",
    "import_without_files": "没有选择文件。",
    "import_name_twice": "有两个文件都叫「{name}」，请改名后再上传。",
    "import_file_too_large": "文件「{name}」太大，请分成几个文件。",
    "import_not_checked": "这次上传还没有核对，不能导入。",
    "import_is_over": "这次上传{state}，不能再改。",
    "import_not_accepted": "这次上传{state}，没有可以撤销的内容。",
    "import_followed": "之后的导入 {batch} 也写了同类数据，请先撤销它。",
    "import_changed_since": "导入的{table}后来有过改动，不能整批撤销。",
    "import_concluded": "导入之后已经公布结论（{publication}），不能撤销；请先收回公布。",
    "import_built_upon": "已有{by}建立在这次导入之上，不能撤销。",
    "job_is_over": "这个任务{state}，不能再取消。",
    "job_is_not_over": "这个任务{state}，不能重试。",
    "no_identity": "该学生没有登记证件号码。",
    "no_permission": "您没有这项权限，没有执行。",
    "nothing_to_compare_with": "还没有完成的审查可以比较，请先运行审查。",
    "rules_in_force": "这版规则已经生效，不能再批准。",
    "reason_needed": "请写明理由。",
    "reason_missing": "请写明理由。",
    "run_is_rehearsal": "试算的结果不能公布，请先按现行规则运行审查。",
    "run_not_done": "这次审查没有做完，不能公布。",
    "facts_changed_since": "审查之后有 {students} 名学生的数据有变动，请先重新审查，再准备公布。",
    "not_prepared": "这一版没有准备完毕，或者已经公布、收回，不能公布。",
    "not_released": "这一版现在没有公布，不能收回。",
    "no_such_student": "没有这名学生，或不在您的查看范围内。",
    "no_such_override": "没有这项人工认定，或者已经撤销。",
    "evidence_missing": "请写明依据材料。",
    "expiry_past": "有效期必须晚于现在。",
    "verdict_not_given_by_people": "人工认定只能是符合、不符合或不适用。",
    "record_changed_meanwhile": "提交之后学籍已有变动，现在登记的是“{now}”；请核对后再决定。",
    "no_such_fee": "没有这一笔费用。",
}


def sentence(reason: Reason) -> str:
    """One reason as a sentence."""
    said = {name: _said(value) for name, value in reason.details.items()}
    words = REFUSALS.get(reason.code) or CASEWORK.get(reason.code)
    return words.format(**said) if words else photo_sentences.refusal(reason)


def sentences(refused: Refused) -> Iterator[str]:
    """Every reason of a refusal as a sentence."""
    for reason in refused.reasons:
        yield sentence(reason)


def _said(value: object) -> object:
    """Words with a Chinese term say it; moments are said in the school's time."""
    if isinstance(value, datetime):
        return f"{localtime(value):%m月%d日 %H:%M}"
    return getattr(value, "chinese", value)
