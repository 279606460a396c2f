"""权限表: which role may do what. Every page names one of these; there is no other way in."""

from enum import StrEnum

from biye.accounts.core.roles import Role


class Permission(StrEnum):
    """权限."""

    SEE_OWN_CONCLUSION = "see_own_conclusion"
    TRY_WHAT_IF = "try_what_if"
    REVEAL_IDENTITY = "reveal_identity"
    SEE_STUDENTS = "see_students"
    EXPORT_STUDENTS = "export_students"
    SEE_MESSAGES = "see_messages"
    SEE_SEASON = "see_season"
    OPEN_SEASON = "open_season"
    IMPORT_SHEETS = "import_sheets"
    RUN_AUDIT = "run_audit"
    REHEARSE_RULES = "rehearse_rules"
    OVERRIDE_VERDICT = "override_verdict"
    PUBLISH = "publish"
    TRY_PHOTO = "try_photo"
    SEE_PHOTOS = "see_photos"
    UPLOAD_PHOTOS = "upload_photos"
    DECIDE_PHOTOS = "decide_photos"
    HANDLE_PHOTOS = "handle_photos"
    COMPARE_PHOTOS = "compare_photos"
    EXPORT_PHOTOS = "export_photos"
    HANDLE_OWN_CASES = "handle_own_cases"
    SEE_CASE_FILES = "see_case_files"
    SEE_CASES = "see_cases"
    HANDLE_CASES = "handle_cases"
    DECIDE_CASES = "decide_cases"
    REMIND = "remind"
    SETTLE_DEADLINES = "settle_deadlines"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_LEDGER = "see_ledger"

    @property
    def chinese(self) -> str:
        """The words a user reads."""
        return TABLE[self][0]


_S, _T, _C = Role.STUDENT, Role.CENTRE, Role.COLLEGE

TABLE: dict[Permission, tuple[str, frozenset[Role]]] = {
    Permission.SEE_OWN_CONCLUSION: ("查看本人的审查结论", frozenset({_S})),
    Permission.TRY_WHAT_IF: ("试算“若补过……，则……”", frozenset({_S, _T, _C})),
    Permission.REVEAL_IDENTITY: ("显示完整证件号码（留痕）", frozenset({_S, _T, _C})),
    Permission.SEE_STUDENTS: ("查看所辖学生及其审查意见", frozenset({_T, _C})),
    Permission.EXPORT_STUDENTS: ("导出所辖学生名单", frozenset({_T, _C})),
    Permission.SEE_MESSAGES: ("消息中心", frozenset({_T, _C})),
    Permission.SEE_SEASON: ("毕业批次总览", frozenset({_C})),
    Permission.OPEN_SEASON: ("新建毕业批次", frozenset({_C})),
    Permission.IMPORT_SHEETS: ("导入数据与撤销导入", frozenset({_C})),
    Permission.RUN_AUDIT: ("运行审查", frozenset({_C})),
    Permission.REHEARSE_RULES: ("起草与试算审查规则", frozenset({_C})),
    Permission.OVERRIDE_VERDICT: ("人工认定", frozenset({_C})),
    Permission.PUBLISH: ("公布与收回审查结论", frozenset({_C})),
    Permission.TRY_PHOTO: ("试检照片、试做标准照（不留存）", frozenset({_S, _T, _C})),
    Permission.SEE_PHOTOS: ("查看本人或所辖学生的照片及其办理情况", frozenset({_S, _T, _C})),
    Permission.UPLOAD_PHOTOS: ("上传照片、制作标准照", frozenset({_T, _C})),
    Permission.DECIDE_PHOTOS: ("审看照片", frozenset({_T, _C})),
    Permission.HANDLE_PHOTOS: ("登记照片采集、纸质照片与人工复核", frozenset({_T, _C})),
    Permission.COMPARE_PHOTOS: ("全体比对：查找放错、重复的照片", frozenset({_C})),
    Permission.EXPORT_PHOTOS: ("打包导出毕业学生的照片", frozenset({_C})),
    Permission.HANDLE_OWN_CASES: ("办理本人的事项：核对、申请、异议、签字", frozenset({_S})),
    Permission.SEE_CASE_FILES: ("查看本人或所辖学生办理事项的材料", frozenset({_S, _T, _C})),
    Permission.SEE_CASES: ("查看所辖学生的办理事项", frozenset({_T, _C})),
    Permission.HANDLE_CASES: ("代录、收纸质材料、现场签字、上报所辖学生的事项", frozenset({_T})),
    Permission.DECIDE_CASES: ("审核办理事项、预毕业确认、退学处理", frozenset({_C})),
    Permission.REMIND: ("提醒所辖学生", frozenset({_T, _C})),
    Permission.SETTLE_DEADLINES: ("到期结转", frozenset({_C})),
    Permission.MANAGE_ACCOUNTS: ("管理账户与身份", frozenset({_C})),
    Permission.SEE_LEDGER: ("查看与校验操作留痕", frozenset({_C})),
}
"""Permission → what a user reads, who has it."""


def allows(role: Role, permission: Permission) -> bool:
    """May somebody in this role do it?"""
    return role in TABLE[permission][1]
