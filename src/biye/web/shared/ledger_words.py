"""留痕用语: what the codes of actions and records in the ledger are called; one catalogue for all of them."""

from biye.accounts.core.roles import Role
from biye.casework.core.words import Event, Kind, State
from biye.foundation.verdicts import Verdict

ACTIONS: dict[str, str] = {
    "create_account": "新建账户",
    "reset_password": "重置密码",
    "change_password": "本人修改密码",
    "stop_account": "停用账户",
    "start_account": "恢复账户",
    "give_seat": "增加身份",
    "take_seat_away": "取消身份",
    "reveal_identity": "显示完整证件号码",
    "open_season": "新建毕业批次",
    "receive_import": "上传表格",
    "choose_reading": "改表的读法",
    "preview_import": "核对导入",
    "accept_import": "导入数据",
    "discard_import": "放弃上传",
    "undo_import": "撤销导入",
    "adopt_rules": "采用学校资料的规则",
    "draft_rules": "起草规则变更",
    "approve_rules": "批准规则生效",
    "run_audit": "运行审查",
    "rehearse_rules": "试算规则",
    "clear_run": "清理审查明细",
    "override.given": "人工认定",
    "override.withdrawn": "撤销人工认定",
    "publication.prepared": "准备公布",
    "centre_telephones": "登记学习中心电话",
    "record.corrected": "更正学籍数据",
    "personal.saved": "填写个人信息",
    "mark_fee_paid": "登记交清",
    "case.file_kept": "收下材料",
    "case.file_removed": "删去材料",
    "case.drafted": "保存填写内容",
    "conclusion.amended": "更正后更新审查结论",
    "publication.released": "公布审查结论",
    "publication.withdrawn": "收回公布",
    "remind": "提醒学生",
    "tell": "通知学生",
    "photo.archive_received": "成批上传照片",
    "photo.uploaded": "上传照片",
    "photo.standardised": "制作标准照",
    "photo.restored": "恢复以往的照片",
    "photo.decided": "审看照片",
    "photo.decision_withdrawn": "撤销照片审看",
    "photo.capture_started": "登记图像采集",
    "photo.paper_received": "收到纸质照片",
    "photo.paper_confirmed": "学生确认纸质照片",
    "photo.review_opened": "提出人工复核",
    "photo.review_closed": "人工复核结果",
    "photo.exported": "导出照片",
    "settle_deadline": "到期结转",
    "submit_job": "提交后台任务",
    "cancel_job": "取消后台任务",
    "retry_job": "重试后台任务",
    "revive_job": "找回后台任务",
    "expire_job_file": "清理过期结果文件",
}

SUBJECTS: dict[str, str] = {
    "account": "账户",
    "student": "学生",
    "centres": "学习中心",
    "season": "毕业批次",
    "import": "导入",
    "job": "后台任务",
    "rules": "审查规则",
    "run": "审查",
    "archive": "照片压缩包",
    "photos": "照片",
}


def action_word(action: str) -> str:
    """An action as a user reads it; a step of a case is told by what it is about and what happened."""
    kind, _, event = action.partition(".")
    if action not in ACTIONS and kind in set(Kind) and event in set(Event):
        return f"{Kind(kind).chinese}：{Event(event).chinese}"
    return ACTIONS.get(action, action)


def subject_word(subject: str) -> str:
    """ "student:20180001" as a user reads it: 学生 20180001."""
    kind, _, key = subject.partition(":")
    return f"{SUBJECTS.get(kind, kind)} {key}".strip()


FIELDS: dict[str, str] = {
    "state": "状态",
    "case": "事项",
    "posted_on": "到账日",
    "appeal_until": "申诉截止",
    "act": "成批办理",
    "undoes": "撤销的成批办理",
    "code": "纸质件编码",
    "name": "姓名",
    "role": "身份",
    "centre": "站点",
    "office": "办公室",
    "student": "学号",
    "active": "可用",
    "label": "名称",
    "tasks": "事项",
    "titles": "标题",
    "number": "版次",
    "digest": "摘要",
    "rule": "项目",
    "rules": "规则版次",
    "rules_digest": "规则摘要",
    "season": "批次",
    "verdict": "认定为",
    "evidence": "依据",
    "expires_at": "有效期至",
    "run": "审查",
    "students": "学生",
    "audited": "本次计算",
    "counts": "行数",
    "tables": "数据",
    "sheets": "表",
    "include_asked": "含待确认的行",
    "kind": "种类",
    "file": "文件",
    "attempts": "次数",
    "new": "新增",
    "changed": "更改",
    "unchanged": "不变",
    "sex": "性别",
    "birth_date": "出生日期",
    "ethnicity": "民族",
    "identity_type": "证件类型",
    "identity_number": "证件号码",
    "exam_no": "考生号",
    "level": "层次",
    "mode": "学习形式",
    "major": "专业",
    "class_name": "班级",
    "status": "学籍状态",
    "course": "课程",
    "term": "学期",
    "obtained": "取得方式",
    "score": "分数（百分之一）",
    "mark": "成绩标记",
    "subject": "科目",
    "outcome": "结果",
    "reason": "原因",
    "fee": "费用",
    "year": "学年",
    "paid": "已交（分）",
    "purpose": "用途",
}

VALUES: dict[str, str] = {
    **{state.value: state.chinese for state in State},
    **{role.value: role.chinese for role in Role},
    **{verdict.name: verdict.chinese for verdict in Verdict},
}


def field_word(field: str) -> str:
    """A field of before or after as a user reads it."""
    return FIELDS.get(field, field)


def value_word(value: str) -> str:
    """A coded value of before or after as a user reads it."""
    return VALUES.get(value, value)
