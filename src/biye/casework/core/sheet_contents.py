"""纸质表的内容: what stands on the sheet for each kind of case, from what the student is shown and what they wrote."""

from collections.abc import Mapping
from typing import Any

from biye.casework.core.sheets import Section, paired
from biye.casework.core.showing import Document
from biye.casework.core.words import Kind

_HIDDEN = ("证件号码指纹",)
_TITLES = {
    Kind.SIGN_OFF: ("毕业资格审查结论确认表", ("conclusion_sheet", "check_sheet")),
    Kind.COMPLETION: ("结业申请表", ("completion_application",)),
    Kind.DEFERRAL: ("延缓毕业申请表", ("deferral_application", "extension_application")),
    Kind.DEGREE: ("学士学位申请表", ("degree_application",)),
    Kind.APPRAISAL: ("毕业生登记表", ("graduate_form",)),
}
_STATEMENTS = {
    Kind.SIGN_OFF: "本人已逐项核对以上学籍数据、毕业照片、学分、统考与审查结论，确认无误。",
    Kind.COMPLETION: "本人自愿申请结业，知道以上后果，所填内容属实。",
    Kind.DEFERRAL: "本人申请延期毕业，所填内容属实。",
    Kind.DEGREE: "本人申请学士学位，知道以上后果，所填内容属实。",
    Kind.APPRAISAL: "以上自我鉴定由本人填写。",
}
SHEETS = frozenset(_TITLES)
"""Kinds that have a sheet here."""


def title(kind: Kind, forms: Mapping[str, str]) -> str:
    """表名 as the season's file has it. `forms`: id → label."""
    plain, names = _TITLES[kind]
    return next((forms[name] for name in names if name in forms), plain)


def statement(kind: Kind) -> str:
    """What the signature stands for."""
    return _STATEMENTS[kind]


def about_student(shown: Document) -> Section:
    """学籍信息, two abreast."""
    return Section("学籍信息", paired([(k, v or "—") for k, v in shown["record"].items() if k not in _HIDDEN]))


def concluded(shown: Document) -> tuple[Section, ...]:
    """Everything the confirmation stands for."""
    photo = [("照片状态", shown["photo"]["状态"])]
    photo += [(name, shown["photo"][name] or "—") for name in ("学信网是否有毕业照", "图像比对")]
    photo.append(("照片文件编号", shown["photo"]["照片文件"][:16] or "—"))
    credits = [(f"{name}学分", amount or "—") for name, amount in shown["credits"].items()]
    exams = [(exam["subject"], _with(exam["state"], exam["reason"])) for exam in shown["exams"]]
    conclusions = [(one["label"], one["text"]) for one in shown["conclusions"]]
    if shown["choice"]:
        choice = shown["choice"]
        conclusions.append((choice["label"], f"{choice['answer']}：{choice['effect']}"))
    return (
        about_student(shown),
        Section("毕业照片", paired(photo)),
        Section("学分与统考", paired([*credits, *exams])),
        Section(
            "审查意见",
            tuple((one["label"], one["have"], one["need"], one["verdict"], one["clause"]) for one in shown["findings"]),
            ("项目", "现有", "要求", "判定", "依据"),
            (4, 6, 5, 3, 4),
        ),
        Section("审查结论", tuple(conclusions), (), (2, 5)),
    )


def applied(shown: Document, written: Mapping[str, str], effects: tuple[str, ...]) -> tuple[Section, ...]:
    """An application: who applies, what was written, what cannot be undone."""
    conclusions = tuple((one["label"], one["text"]) for one in shown["conclusions"])
    found = [about_student(shown), Section("审查结论", conclusions, (), (2, 5))]
    if written:
        found.append(Section("申请原因", tuple(written.items()), (), (2, 5)))
    if effects:
        found.append(Section("已知悉的后果", paragraphs=effects))
    return tuple(found)


def appraised(shown: Document, text: str) -> tuple[Section, ...]:
    """自我鉴定 as it will be printed."""
    paragraphs = tuple(line.strip() for line in text.splitlines() if line.strip())
    return (about_student(shown), Section("自我鉴定", paragraphs=paragraphs))


def signers(kind: Kind, centre_label: str) -> tuple[str, ...]:
    """Who signs: the student, and for what the centre passes on, the centre."""
    return ("本人签名",) if kind in (Kind.SIGN_OFF, Kind.APPRAISAL) else ("本人签名", f"{centre_label}经办人")


def _with(state: str, reason: Any) -> str:
    return f"{state}（{reason}）" if reason else state
