"""所示内容的编写: exactly what a student is shown before signing, as a plain document, and what changed since, as sentences.

A signature stands for what was shown, not for the release in which it was shown: `publication` is kept with the
document, and a new release that says the same of this student changes nothing.
"""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from biye.casework.core.shown import Changed, changes, fingerprint
from biye.foundation.amounts import show_credits
from biye.foundation.identity import mask
from biye.foundation.terms import show_term
from biye.foundation.verdicts import Verdict

Document = dict[str, Any]
SHOWN = "shown"
"""In the detail of a step: the fingerprint of what was shown when it was taken."""
RECORD = "record"
"""In the detail of a step: the fingerprint of the record and the photo alone."""
OPEN_CONCLUSION = "尚不能得出结论"
_SEXES = {1: "男", 2: "女"}
_NUMBER, _NUMBER_MARK = "证件号码", "证件号码指纹"
_PHOTO_FILE = "照片文件"
_WORDS: dict[str, str] = {
    "student_no": "学号",
    "name": "姓名",
    "ethnicity": "民族",
    "identity_type": "证件类型",
    "level": "层次",
    "mode": "学习形式",
    "major": "专业",
    "status": "学籍状态",
}
RECORD_COLUMNS = (*_WORDS, "sex", "birth_date", "entry", "identity_number", "centre__name")
"""What the record's part needs to know of a student."""
_ABOUT = {
    "record": "学籍信息",
    "photo": "毕业照片",
    "credits": "学分",
    "exams": "统考",
    "findings": "审查意见",
    "conclusions": "审查结论",
    "choice": "申请",
}
_PARTS = {"verdict": "判定", "have": "现有", "need": "要求", "clause": "依据", "label": "名称", "effect": "影响"}


def record_part(row: Mapping[str, Any], centre_label: str) -> dict[str, str]:
    """学籍信息 as shown. The number is masked; its fingerprint tells when a hidden digit changes."""
    born: date | None = row["birth_date"]
    number = row["identity_number"]
    plain = {label: row[name] or "" for name, label in _WORDS.items()}
    return plain | {
        "性别": _SEXES.get(row["sex"], ""),
        "出生日期": f"{born.year}年{born.month}月{born.day}日" if born else "",
        "入学批次": show_term(row["entry"]) if row["entry"] >= 0 else "",
        centre_label: row["centre__name"] or "",
        _NUMBER: mask(number),
        _NUMBER_MARK: _short(f"{row['student_no']} {number}") if number else "",
    }


def photo_part(*, state: str, at_chsi: bool | None, comparison: str, digest: str) -> dict[str, str]:
    """毕业照片 as shown: `state` in words; at_chsi None where CHSI's answer was not imported."""
    return {
        "状态": state,
        "学信网是否有毕业照": {True: "是", False: "否", None: "尚未导入"}[at_chsi],
        "图像比对": comparison,
        _PHOTO_FILE: digest,
    }


def document(
    record: Mapping[str, str],
    photo: Mapping[str, str],
    concluded: Mapping[str, Any],
    *,
    publication: int,
    choice: Mapping[str, str] | None,
) -> Document:
    """所示内容. `concluded`: the explanation as it was published; `choice`: an application that was granted."""
    return {
        "publication": publication,
        "record": dict(record),
        "photo": dict(photo),
        "credits": {"已修": _credits(concluded["earned"]), "要求": _credits(concluded["asked"])},
        "exams": [{name: exam[name] for name in ("subject", "state", "reason")} for exam in concluded["exams"]],
        "findings": [
            {
                "rule": finding["rule"],
                "label": finding["label"],
                "verdict": Verdict[finding["verdict"]].chinese,
                **{name: finding[name] for name in ("have", "need", "clause", "effect")},
            }
            for finding in concluded["findings"]
        ],
        "conclusions": [
            {"label": one["label"], "text": one["text"] or OPEN_CONCLUSION} for one in concluded["conclusions"]
        ],
        "choice": dict(choice or {}),
    }


def mark_of(shown: Mapping[str, Any]) -> str:
    """指纹 of everything that is said, whichever release said it."""
    return fingerprint({name: part for name, part in shown.items() if name != "publication"})


def record_mark_of(shown: Mapping[str, Any]) -> str:
    """指纹 of record and photo, which the student checks before the conclusion."""
    return fingerprint({name: shown[name] for name in ("record", "photo")})


def said_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """变动的说明: one sentence for each thing that is not what it was, in the order in which it is shown."""
    groups: dict[tuple[str, ...], list[Changed]] = {}
    for change in changes(before, after):
        if change.path[0] in _ABOUT:
            is_listed = change.path[0] in ("exams", "findings", "conclusions")
            groups.setdefault(change.path[:2] if is_listed else change.path, []).append(change)
    order = list(_ABOUT)
    found = sorted(groups.items(), key=lambda group: order.index(group[0][0]))
    sentences = (_sentence(path, those, before, after) for path, those in found)
    return tuple(dict.fromkeys(sentence for sentence in sentences if sentence))


def _sentence(path: tuple[str, ...], those: list[Changed], before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    about = path[0]
    if about in ("exams", "findings", "conclusions"):
        return _listed(about, path[1], those, before, after)
    change = those[0]
    match path[-1]:
        case _ if about == "choice":
            return _choice(before, after)
        case name if name == _NUMBER_MARK:
            return "" if before["record"][_NUMBER] != after["record"][_NUMBER] else "学籍信息「证件号码」已更改"
        case name if name == _PHOTO_FILE:
            return "毕业照片换成了另一张" if change.before and change.after else "毕业照片的图像有变动"
    return f"{_ABOUT[about]}「{path[-1]}」{_from_to(change)}"


def _listed(about: str, key: str, those: list[Changed], before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    item = _item(after, about, key)
    if item is None:
        gone = _item(before, about, key) or {}
        return f"{_ABOUT[about]}不再列出「{_name(gone)}」"
    if _item(before, about, key) is None:
        said = item.get("verdict") or item.get("state") or item.get("text") or ""
        return f"{_ABOUT[about]}新增「{_name(item)}」：{said}"
    parts = "，".join(f"{_PARTS.get(change.path[-1], '')}{_from_to(change)}" for change in those)
    return f"{_ABOUT[about]}「{_name(item)}」{parts}"


def _choice(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    now = after["choice"]
    if now:
        return f"{now['label']}{now['answer']}：{now['effect']}"
    return f"{before['choice']['label']}的同意已收回"


def _from_to(change: Changed) -> str:
    return f"由“{change.before or '空'}”改为“{change.after or '空'}”"


def _item(shown: Mapping[str, Any], about: str, key: str) -> Mapping[str, Any] | None:
    return next((item for item in shown.get(about, ()) if key in (item.get("rule"), _name(item))), None)


def _name(item: Mapping[str, Any]) -> str:
    return str(item.get("subject") or item.get("label") or "")


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _credits(tenths: int) -> str:
    return show_credits(tenths) if tenths >= 0 else ""
