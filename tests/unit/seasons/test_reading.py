"""读取学校资料: exact text, the line of everything, and every trouble at once."""

from pathlib import Path

import pytest
from pydantic import BaseModel, field_validator

from biye.foundation.moments import moment
from biye.seasons.core.reading import Page, nearest, parse_page, read_page, shape
from biye.seasons.core.school import GradeScale, Level
from biye.seasons.core.season import CalendarEntry, Season
from biye.seasons.core.shapes import When
from biye.seasons.core.trouble import Trouble


def page_of(text: str) -> Page:
    return parse_page(text.encode(), Page("甲/乙.yaml"))


def said(page: Page) -> list[tuple[int, str]]:
    return [(trouble.line, trouble.message) for trouble in page.troubles]


def test_scalars_stay_what_stands_there() -> None:
    page = page_of(
        """
number: 60.0
finer: 69.995
time: 12:00
moment: 2022-06-15 24:00
day: 2022-06-15
nothing:
none: null
tilde: ~
"yes": on
no: "true"
truth: true
lie: false
octal: 010
list: [1e3, 0x10, .5]
"""
    )
    assert page.troubles == []
    assert page.content == {
        "number": "60.0",
        "finer": "69.995",
        "time": "12:00",
        "moment": "2022-06-15 24:00",
        "day": "2022-06-15",
        "nothing": None,
        "none": None,
        "tilde": None,
        "yes": "on",
        "no": "true",
        "truth": True,
        "lie": False,
        "octal": "010",
        "list": ["1e3", "0x10", ".5"],
    }


def test_every_key_and_item_has_its_line() -> None:
    page = page_of("a:\n  b:\n    - x\n    - y\nc: 1\n")
    assert [page.line(path) for path in (("a",), ("a", "b"), ("a", "b", 1), ("c",))] == [1, 2, 4, 5]
    assert page.line(("a", "b", 9, "z")) == 2
    assert page.line(("a", "union tag", "b", 1)) == 4
    assert page.line(("nowhere",)) == 0


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1\nb: 2\na: 3\n", (3, "「a」写了两次（第 1 行已有）")),
        ("a: &x 1\nb: *x\n", (1, "使用了 YAML 的引用（& 或 *）")),
        ("a: [1, 2\nb: 3\n", (2, "YAML 写法有误")),
        ("- a\n- b\n", (0, "文件内容应为“键: 值”的形式")),
        ("", (0, "文件内容应为“键: 值”的形式")),
        ("? [a, b]\n: c\n", (1, "键不是文字")),
        ("a: 1\n---\nb: 2\n", (2, "YAML 写法有误")),
    ],
)
def test_faulty_writing_is_named_with_its_line(text: str, wanted: tuple[int, str]) -> None:
    assert said(page_of(text)) == [wanted]


def test_a_file_that_is_missing_too_long_or_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("学校: 甲".encode("gb18030"))
    (tmp_path / "long.yaml").write_bytes(b"a: " + b"x" * 1_000_000)
    (tmp_path / "bom.yaml").write_bytes("学校: 甲".encode("utf-8-sig"))
    assert said(read_page(tmp_path / "none.yaml", "无")) == [(0, "没有这个文件")]
    assert said(read_page(tmp_path / "gbk.yaml", "甲")) == [(0, "文件不是 UTF-8 编码")]
    assert said(read_page(tmp_path / "long.yaml", "甲")) == [(0, "文件超过 1000 KB")]
    assert read_page(tmp_path / "bom.yaml", "甲").content == {"学校": "甲"}


LEVEL = "min_terms: 5\nmax_terms: 9\nsuspension_counts: true\n"


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("min_terms: 5\nmax_terms: 9\n", "缺少「suspension_counts」", "请补上"),
        (LEVEL + "max_term: 9\n", "不认识的键「max_term」", "是否应为「max_terms」"),
        (LEVEL + "期限: 9\n", "不认识的键「期限」", "此处可写：max_terms、min_terms、suspension_counts"),
        (LEVEL.replace("5", "五"), "「min_terms」应为整数，写的是「五」", "请写整数，如 5"),
        (LEVEL.replace("5", "[5]"), "「min_terms」应为整数，写的是一个列表", "请写整数，如 5"),
        (LEVEL.replace("5", "-1"), "「min_terms」太小，写的是「-1」", "请改为不小于 0 的数"),
        (
            LEVEL.replace("true", "也许"),
            "「suspension_counts」应为 true 或 false，写的是「也许」",
            "请改为 true（是）或 false（否）",
        ),
    ],
)
def test_a_wrong_shape_says_what_and_how_to_mend_it(text: str, message: str, remedy: str) -> None:
    page = page_of(text)
    assert shape(Level, page.content, page) is None
    assert [(trouble.message, trouble.remedy) for trouble in page.troubles] == [(message, remedy)]


@pytest.mark.parametrize(
    ("until", "message"),
    [
        ("2022-06-15", "「until」只写了日期：「2022-06-15」"),
        ("2022-06-31 12:00", "「until」不是一个存在的时刻：「2022-06-31 12:00」"),
        ("2022-02-29 12:00", "「until」不是一个存在的时刻：「2022-02-29 12:00」"),
        ("2022-06-15 24:01", "「until」不是一个存在的时刻：「2022-06-15 24:01」"),
        ("六月十五", "「until」不是一个存在的时刻：「六月十五」"),
    ],
)
def test_an_impossible_moment_is_refused(until: str, message: str) -> None:
    page = page_of(f"label: 签字\nuntil: {until}\nsilence: nothing\nsource: {{document: notice, clause: 一}}\n")
    assert shape(CalendarEntry, page.content, page) is None
    assert said(page) == [(2, message)]


def test_a_calendar_entry_runs_forward_and_its_silence_is_one_of_four() -> None:
    page = page_of(
        "label: 公示\nfrom: 2022-06-30 24:00\nuntil: 2022-07-01 00:00\nsilence: nothing\nsource: {document: a, clause: 一}\n"
    )
    assert shape(CalendarEntry, page.content, page) is None
    assert shape(CalendarEntry, {**page.content, "from": "2022-06-01 00:00", "silence": "no_objections"}, page) is None
    assert [trouble.remedy for trouble in page.troubles] == [
        "请核对两个时刻",
        "是否应为「no_objection」；可写：no_objection、not_this_season、application_void、nothing",
    ]


def test_scores_are_exact() -> None:
    scale = GradeScale.model_validate({"pass": "60.0", "words": {"优": "89.99"}})
    assert (scale.pass_score, list(scale.numbers.values())) == (6000, [8999])
    page = page_of("pass: 60.005\nwords: {优: -1, 甲: 90}\n")
    assert shape(GradeScale, page.content, page) is None
    assert said(page) == [
        (1, "「pass」应为分数，写的是「60.005」"),
        (2, "「优」应为分数，写的是「-1」"),
        (2, "不认识的键「甲」"),
    ]


def test_everything_wrong_is_said_at_once() -> None:
    page = page_of("season: 2022秋季\nterm: 二〇二二\nscop: {}\nrulebooks: {}\n")
    assert shape(Season, page.content, page) is None
    assert [(trouble.line, trouble.message) for trouble in sorted(page.troubles)] == [
        (0, "缺少「calendar」"),
        (0, "缺少「documents」"),
        (0, "缺少「scope_source」"),
        (0, "缺少「scope」"),
        (0, "缺少「title」"),
        (2, "「term」应为学期，写的是「二〇二二」"),
        (3, "不认识的键「scop」"),
        (4, "「rulebooks」至少要有 1 项"),
    ]


def test_a_condition_names_its_rules_at_any_depth() -> None:
    when = When.model_validate(
        {
            "met": "a",
            "any": [{"not_met": ["b"]}, {"not": {"any_not_met": ["c"], "any_unknown": ["d"]}}],
            "all": [{"at_least": {"n": 1, "of": ["e", "f"]}}],
        }
    )
    assert when.rules() == frozenset("abcdef")


def test_the_nearest_word_is_offered_only_when_it_is_near() -> None:
    assert (nearest("credit.total", ["credits.total", "courses.passed"]), nearest("论文", ["credits.total"])) == (
        "credits.total",
        None,
    )


def test_a_trouble_reads_as_a_sentence() -> None:
    assert str(Trouble.of("甲/乙.yaml", 3, "anchor")) == (
        "甲/乙.yaml:3：使用了 YAML 的引用（& 或 *）。请把内容完整写出，便于逐条核对。"
    )
    assert str(Trouble.of("甲/乙.yaml", 0, "not_utf8")) == "甲/乙.yaml：文件不是 UTF-8 编码。请另存为 UTF-8。"


def test_binary_floats_are_never_taken_for_figures() -> None:
    page = page_of("pass: 60\n")
    assert shape(GradeScale, {"pass": 60.0}, page) is None
    assert shape(GradeScale, {"pass": True}, page) is None
    assert len(page.troubles) == 2


def test_a_moment_that_is_one_already_is_kept() -> None:
    entry = {
        "label": "签字",
        "until": moment("2022-06-15 24:00"),
        "silence": "nothing",
        "source": {"document": "a", "clause": "一"},
    }
    page = page_of("label: 签字\n")
    found = shape(CalendarEntry, entry, page)
    assert found is not None
    assert found.until == moment("2022-06-15 24:00")


def test_a_shape_nobody_foresaw_still_has_its_place() -> None:
    page = page_of("apply: never\n")
    assert shape(_Odd, page.content, page) is None
    assert said(page) == [(1, "「apply」的写法不对：Value error, odd")]


class _Odd(BaseModel):
    apply: str

    @field_validator("apply")
    @classmethod
    def _refuse(cls, value: str) -> str:
        raise ValueError("odd")
