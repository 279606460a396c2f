"""学生表: one row a status record."""

import re
from datetime import date
from typing import Any

import numpy as np

from biye.foundation.ethnicities import ethnicity
from biye.foundation.identity import DOCUMENT_WORDS, Document, Identity, read
from biye.machinery.exchange.core.columns import BadValue, ColumnSpec, SheetSpec
from biye.machinery.exchange.core.problems import Severity
from biye.machinery.exchange.core.table import Each, Table, Values
from biye.machinery.exchange.core.texts import clean, fold, outside_gbk, private_characters
from biye.machinery.exchange.core.values import choice, code, day, limited, term, whole, yes_no

_MONTH = re.compile(r"(?:19|20)\d{2}[-/.年]?(?:0?[1-9]|1[0-2])月?")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SEXES = {"男": 1, "女": 2, "男性": 1, "女性": 2, "1": 1, "2": 2, "M": 1, "F": 2}
_DOCUMENTS = {word: kind for kind, words in DOCUMENT_WORDS.items() for word in words} | {
    "01": Document.RESIDENT,
    "1": Document.RESIDENT,
}
_REFUSED_NUMBERS = frozenset(("digits_lost", "bad_length", "bad_character", "no_such_date", "bad_form"))


def name(text: str) -> str:
    """姓名: blanks between Han characters are lay-out; the middle dot keeps the form it has on the document."""
    plain = clean(text)
    parts = plain.split(" ")
    if all(ord(part[0]) > 0x2E7F for part in parts):
        plain = "".join(parts)
    if len(plain) > 80:
        raise BadValue("text_too_long", limit=80)
    if home_made := private_characters(plain):
        raise BadValue("private_characters", Severity.NOTE, plain, characters=home_made)
    if rare := outside_gbk(plain):
        raise BadValue("outside_gbk", Severity.NOTE, plain, characters=rare)
    return plain


def birth_date(text: str) -> date:
    """出生日期; a month without a day is known to be incomplete and left out."""
    if _MONTH.fullmatch(fold(text)):
        raise BadValue("date_partial", Severity.ASK)
    found: date = day(text)
    return found


def people(text: str) -> str:
    """民族 by its standard name."""
    found = ethnicity(text)
    if found is None:
        raise BadValue("not_an_ethnicity")
    return found


def email(text: str) -> str:
    """电子邮箱: half-width; what cannot be an address is refused, so that no reminder goes nowhere."""
    found = fold(text)
    if not _EMAIL.fullmatch(found):
        raise BadValue("not_an_email")
    return found


SPEC = SheetSpec(
    kind="students",
    label="学生",
    columns=(
        ColumnSpec(
            "student_no",
            "学号",
            ("学生学号", "学员号", "学籍号", "XH"),
            limited(40, code),
            True,
            example="2020030101001",
        ),
        ColumnSpec("name", "姓名", ("学生姓名", "学员姓名", "XM"), name, True, example="王小明"),
        ColumnSpec("sex", "性别", ("XB",), choice(_SEXES, "not_a_sex"), accepts="男、女（或 1、2）", example="男"),
        ColumnSpec(
            "birth_date",
            "出生日期",
            ("出生年月日", "生日", "出生年月", "CSRQ"),
            birth_date,
            accepts="日期",
            example="1992-03-15",
        ),
        ColumnSpec("ethnicity", "民族", ("MZ",), people, accepts="GB/T 3304 的名称或代码，可省“族”字", example="汉族"),
        ColumnSpec("political_status", "政治面貌", ("ZZMM",), limited(24, clean), example="群众"),
        ColumnSpec(
            "identity_type",
            "证件类型",
            ("身份证件类型", "证件种类", "ZJLX", "SFZJLX"),
            choice(_DOCUMENTS, "not_a_document"),
            accepts="、".join(words[0] for words in DOCUMENT_WORDS.values()),
            example="居民身份证",
        ),
        ColumnSpec(
            "identity_number",
            "证件号码",
            ("身份证号", "身份证号码", "身份证件号", "身份证件号码", "证件号", "身份证", "SFZH", "SFZJH", "ZJHM"),
            limited(40, code),
            private=True,
            accepts="文本格式的证件号码",
            example="11010519491231002X",
        ),
        ColumnSpec("exam_no", "考生号", ("KSH", "准考证号"), limited(40, code), example="20120000150001"),
        ColumnSpec("telephone", "联系电话", ("手机", "手机号", "手机号码", "电话"), limited(40, code), private=True),
        ColumnSpec(
            "email",
            "电子邮箱",
            ("邮箱", "电子邮件", "邮箱地址", "电子邮箱地址", "E-mail", "email", "DZYX"),
            limited(120, email),
            private=True,
            accepts="一个电子邮箱地址",
            example="wang@example.edu.cn",
        ),
        ColumnSpec(
            "level",
            "层次",
            ("培养层次", "学历层次", "办学层次", "CC"),
            limited(20, clean),
            accepts="学校的层次",
            example="专升本",
        ),
        ColumnSpec(
            "mode",
            "学习形式",
            ("办学形式", "培养形式", "XXXS"),
            limited(20, clean),
            accepts="学校的学习形式",
            example="业余",
        ),
        ColumnSpec(
            "entry",
            "入学批次",
            ("入学时间", "入学日期", "入学年月", "入学季", "入学学期", "入学年份", "年级", "批次", "RXRQ", "RXNY"),
            term,
            accepts="2020春、2020年春季、202003、2020-03-01、2020级",
            example="2020春",
        ),
        ColumnSpec("major_code", "专业代码", ("ZYDM",), limited(20, code), example="120203K"),
        ColumnSpec("major", "专业", ("专业名称", "ZYMC"), limited(80, clean), example="会计学"),
        ColumnSpec(
            "plan",
            "教学计划",
            ("培养方案", "教学计划代码", "计划代码", "教学计划名称", "计划名称", "培养方案代码", "培养计划"),
            limited(60, clean),
            accepts="教学计划表中的教学计划",
            example="会计学专升本2020",
        ),
        ColumnSpec("class_name", "班级", ("班级名称", "班号", "BH"), limited(60, clean), example="20会计1班"),
        ColumnSpec(
            "centre",
            "学习中心",
            ("校外学习中心", "教学点", "校外教学点", "函授站", "二级学院", "站点", "学习中心名称", "教学站点"),
            limited(80, clean),
            accepts="学习中心的名称",
            example="河东学习中心",
        ),
        ColumnSpec(
            "status", "学籍状态", ("状态", "XJZT"), limited(20, clean), accepts="学校的学籍状态", example="在籍"
        ),
        ColumnSpec(
            "suspended_terms", "休学学期数", ("休学学期", "累计休学学期"), whole(0, 40), accepts="整数", example="0"
        ),
        ColumnSpec(
            "outside_system",
            "老生",
            ("不在系统", "系统外", "是否老生", "不在教务系统"),
            yes_no,
            accepts="是、否；是＝教务系统中没有的老生",
            example="否",
        ),
    ),
    needs=(
        ("student_no",),
        ("name",),
        ("level", "entry", "major", "plan", "status", "identity_number", "centre", "outside_system"),
    ),
    hints=("学生", "学籍", "名单", "花名册", "student"),
)


def check(table: Table) -> None:
    """Identity numbers against their kind, the birth date and the sex; problems go to the table."""
    numbers, kinds = table["identity_number"], table["identity_type"]
    if "identity_type" in table:
        # With a kind that is none of ours, nobody knows what the number should look like.
        stated = table.body.columns[table.places["identity_type"]].codes > 0
        numbers = Values(np.where(stated & ~kinds.known, 0, numbers.codes), numbers.distinct)
    pair = numbers.codes.astype(np.int64) * len(kinds.distinct) + kinds.codes
    distinct, place = np.unique(pair, return_inverse=True)
    read_ones = [
        _identity(numbers.distinct[p // len(kinds.distinct)], kinds.distinct[p % len(kinds.distinct)])
        for p in distinct.tolist()
    ]
    births, sexes = table["birth_date"].list(), table["sex"].list()
    kept = np.zeros(len(distinct), np.int32)
    values: list[Any] = [None]
    for index, identity in enumerate(read_ones):
        if identity is not None:
            kept[index] = len(values)
            values.append(identity.number)
    for row, index in enumerate(place.tolist()):
        identity = read_ones[index]
        if identity is None:
            continue
        for problem in identity.problems:
            severity = Severity.REFUSE if problem in _REFUSED_NUMBERS else Severity.ASK
            details = {"expected": identity.expected, "length": len(identity.number)}
            table.post([row], f"identity_{problem}", severity, "identity_number", details)
        if identity.problems:
            continue
        if identity.birth and births[row] and identity.birth != births[row]:
            details = {"birth": identity.birth.isoformat()}
            table.post([row], "birth_differs", Severity.ASK, "birth_date", details)
        if identity.sex and sexes[row] and identity.sex != sexes[row]:
            table.post([row], "sex_differs", Severity.ASK, "sex", {"sex": "男" if identity.sex == 1 else "女"})
    if "identity_number" in table:
        table.values["identity_number"] = Values(kept[place], values)
    for required in ("level", "entry", "plan", "status"):
        if required in table:
            table.complain(~table[required].known & table.good, "unknown_here", Severity.NOTE, required, Each.SHEET)


def _identity(number: str | None, kind: Document | None) -> Identity | None:
    return read(number, kind) if number else None
