"""Every reason has its sentence, and the printed guide says what the specs say."""

import ast
from collections.abc import Iterator

import pytest

from biye.machinery.exchange.core.problems import Problem, Severity
from biye.records.core.sheets.printed import MARK, printed
from biye.records.core.sheets.sentences import CATALOGUE, sentence
from tests.architecture.tree import ROOT

PLACES = ("machinery/exchange/core", "records/core/sheets", "records/actions")
TAKES = {"Problem": 0, "Unreadable": 0, "BadValue": 0, "Note": 0, "complain": 1, "post": 1, "choice": 1, "_amount": 2}
DOUBTS = {"cell_error", "formula_without_value", "cell_too_long", "undecodable", "digits_lost"}
IDENTITY = ("blank", "digits_lost", "bad_length", "bad_character", "no_such_date", "bad_form", "bad_check_digit")


def reasons() -> Iterator[str]:
    """Every code that some call gives as its reason."""
    for place in PLACES:
        for path in (ROOT / "src/biye" / place).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    given = node.args[TAKES[name]] if name in TAKES and len(node.args) > TAKES[name] else None
                    if isinstance(given, ast.Constant) and isinstance(given.value, str):
                        yield given.value


def test_every_reason_has_a_sentence_and_every_sentence_a_reason() -> None:
    from biye.machinery.exchange.core import table

    given = {*reasons(), *DOUBTS, *(f"identity_{name}" for name in IDENTITY)}
    # Codes that stand in a list before one is chosen.
    given |= {"field_too_long", "quotes_broken", "headings_repeated", "totals_skipped"}
    given |= {"attempts_differ", "same_row_twice", "sheet_of_remarks"}
    assert given == set(CATALOGUE)
    assert table.REFUSED == 2


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_sentence_is_whole_and_ends(code: str) -> None:
    details: dict[str, object] = {
        "size": 10,
        "limit": 5,
        "kind": "html",
        "expanded": 1 << 30,
        "entries": 1,
        "part": "x",
        "encoding": "UTF-8",
        "byte": 1,
        "line": 1,
        "sheets": 1,
        "rows": 2,
        "found": 1,
        "columns": "甲",
        "kinds": "甲、乙",
        "first": 3,
        "cells": 4,
        "least": 0,
        "most": 100,
        "date": "2022-06-05",
        "words": "甲",
        "characters": "甲",
        "expected": "X",
        "length": 17,
        "birth": "1990-01-01",
        "sex": "男",
        "name": "甲",
    }
    said = sentence(Problem(code, Severity.REFUSE, "a.xlsx", "一", 3, "成绩", "九十", details, 2))
    assert said.endswith("。")
    assert not {"{", "}"} & set(said)


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            Problem("not_a_grade", Severity.REFUSE, "a", "b", 12, "成绩", "九十"),
            (
                "第 12 行「成绩」是“九十”，不是成绩；请改为 0–100 的数字（至多两位小数），或 "
                "优秀/良好/中等/及格/不及格、合格/不合格、缺考/缓考/作弊/免修。"
            ),
        ),
        (
            Problem("file_too_large", Severity.REFUSE, details={"size": 70 << 20, "limit": 64 << 20}),
            "文件有 70.0 MB，超过上限 64.0 MB。请按学习中心或年级分成几个文件。",
        ),
        (Problem("blank_rows", Severity.NOTE, details={"rows": 3}), "中间有 3 个空行，已跳过。"),
        (
            Problem("student_unknown", Severity.REFUSE, row=5, column="学号", value="009", count=30),
            "第 5 行等 30 行学号“009”不在学生表中；请先导入该学生，或改正学号。",
        ),
    ],
)
def test_how_sentences_read(problem: Problem, said: str) -> None:
    assert sentence(problem) == said


def test_values_with_braces_are_no_placeholders() -> None:
    assert "“{0}{x}”" in sentence(Problem("not_a_grade", Severity.REFUSE, row=1, column="{成绩}", value="{0}{x}"))


def test_the_printed_guide_says_what_the_specs_say() -> None:
    page = (ROOT / "docs/sheets.md").read_text(encoding="utf-8")
    assert page.count(MARK) == 1
    assert printed(page) == page
