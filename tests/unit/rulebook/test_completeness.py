"""结论完备性: every gap, overlap, missing limit and void condition is found when the files load, with a witness."""

from pathlib import Path

import pytest

from biye.audit.core.checking import check_school
from tests.unit.rulebook import guide

BOOK = "rulebooks/graduation.yaml"
SEASON = "seasons/2031-autumn.yaml"
SECOND_ROW = """  - give: 暂不符合毕业条件
    when: {any_not_met: [credits, unified_exams]}
    source: {document: notice, clause: 二}
"""


def rows(text: str) -> str:
    return "".join(f"  - {line.strip()}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        # a row for one level only: the others have none
        (
            "{give: 不符合, for: {level: 专升本}, when: {any_not_met: [credits, unified_exams]}}",
            ["专科 2026秋，学分 不符合：没有任何结论适用"],
        ),
        # two rows for the same people
        (
            "{give: 学分不够, when: {not_met: credits}}\n{give: 统考不够, when: {not_met: unified_exams}}",
            ["专升本 2026秋，学分 不符合、统考 不符合：结论「学分不够」与「统考不够」同时适用"],
        ),
        # … of which one goes before the other
        (
            "{give: 学分不够, when: {not_met: credits}}\n{give: 统考不够, when: {not_met: unified_exams}, unless: 学分不够}",
            [],
        ),
        # at_least
        ("{give: 不符合, when: {not: {at_least: {n: 2, of: [credits, unified_exams]}}}}", []),
        (
            "{give: 不符合, when: {not: {at_least: {n: 1, of: [credits, unified_exams]}}}}",
            ["专升本 2026秋，学分 符合、统考 不符合：没有任何结论适用"],
        ),
        # a row that asks for 待核实 may stand beside a row that is already certain
        (
            "{give: 不符合, when: {any_not_met: [credits, unified_exams]}}\n{give: 待查, when: {any_unknown: unified_exams}}",
            ["专升本 2026秋，学分 不符合、统考 待核实：结论「不符合」与「待查」同时适用"],
        ),
        (
            """{give: 不符合, when: {any_not_met: [credits, unified_exams]}, unless: 待查}
            {give: 待查, when: {any_unknown: unified_exams}}""",
            [],
        ),
        # any and all
        ("{give: 不符合, when: {any: [{not_met: credits}, {all: [{met: credits}, {not_met: unified_exams}]}]}}", []),
    ],
)
def test_conclusions_are_exclusive_and_complete(tmp_path: Path, written: str, wanted: list[str]) -> None:
    book = guide.files()[BOOK].replace(SECOND_ROW, rows(written))
    folder = guide.write(tmp_path, {BOOK: book, "cases/audit.yaml": _one_case()})
    assert [message for _, message in guide.messages(folder)] == wanted


def _one_case() -> str:
    whole = guide.files()["cases/audit.yaml"]
    return whole[: whole.index("  - case: 统考缺")]


def test_a_witness_is_found_at_the_turn_of_an_intake(tmp_path: Path) -> None:
    book = guide.files()[BOOK].replace(
        SECOND_ROW, SECOND_ROW.replace("    when", "    for: {entry: {from: 2027春}}\n    when")
    )
    folder = guide.write(tmp_path, {BOOK: book})
    assert guide.messages(folder) == [(f"{BOOK}:26", "专升本 2026秋，学分 不符合、统考 符合：没有任何结论适用")]


def test_rules_of_another_book_are_part_of_the_proof(tmp_path: Path) -> None:
    folder = guide.spoilt(
        tmp_path,
        "rulebooks/honours.yaml",
        "{any_not_met: [credits, unified_exams, honours_average, honours_conduct]}",
        "{any_not_met: [credits, honours_average, honours_conduct]}",
    )
    assert guide.messages(folder) == [
        (
            "rulebooks/honours.yaml:18",
            "专升本 2026秋，学分 符合、统考 不符合、平均分 符合、无任何处分 符合：没有任何结论适用",
        )
    ]


def test_thirty_rules_in_the_same_lists_are_proved_without_trying_every_assignment(tmp_path: Path) -> None:
    rules = "".join(
        f"  - {{id: r{n}, label: 规则{n}, rule: credits.total, min: {n}, office: teaching, "
        "source: {document: notice, clause: 二}}\n"
        for n in range(30)
    )
    names = ", ".join(f"r{n}" for n in range(30))
    book = guide.files()[BOOK].replace("conclusions:\n", f"{rules}conclusions:\n")
    book = book.replace("[credits, unified_exams]", f"[credits, unified_exams, {names}]", 1)
    folder = guide.write(tmp_path, {BOOK: book})
    assert guide.messages(folder) == [(f"{BOOK}:56", "专升本 2026秋，规则0 不符合、其余符合：没有任何结论适用")]


def test_conditions_beyond_proof_are_refused_not_believed(tmp_path: Path) -> None:
    rules = "".join(
        f"  - {{id: r{n}, label: 规则{n}, rule: credits.total, min: {n}, office: teaching, "
        "source: {document: notice, clause: 二}}\n"
        for n in range(30)
    )
    names = ", ".join(f"r{n}" for n in range(30))
    book = guide.files()[BOOK].replace("conclusions:\n", f"{rules}conclusions:\n")
    book = book.replace("{met: [credits, unified_exams]}", f"{{at_least: {{n: 20, of: [{names}]}}}}")
    assert guide.messages(guide.write(tmp_path, {BOOK: book})) == [(f"{BOOK}:56", "结论的条件过于复杂，无法逐一核对")]


def test_whoever_a_witness_is_not_like_others_is_said(tmp_path: Path) -> None:
    season = guide.files()[SEASON].replace("  any:\n", "  any:\n    - {outside_system: true, centre: 河东}\n")
    row = "{give: 不符合, for: {outside_system: false}, when: {any_not_met: [credits, unified_exams]}}"
    book = guide.files()[BOOK].replace(SECOND_ROW, rows(row))
    folder = guide.write(tmp_path, {SEASON: season, BOOK: book, "cases/audit.yaml": _one_case()})
    assert [message for _, message in guide.messages(folder)] == [
        "专升本 2026春 河东 不在系统中，学分 不符合、统考 符合：没有任何结论适用"
    ]


def test_followers_of_other_plans_need_a_conclusion_too(tmp_path: Path) -> None:
    row = "{give: 不符合, for: {plan: 会计学2029}, when: {any_not_met: [credits, unified_exams]}}"
    folder = guide.write(
        tmp_path, {BOOK: guide.files()[BOOK].replace(SECOND_ROW, rows(row)), "cases/audit.yaml": _one_case()}
    )
    assert [message for _, message in guide.messages(folder)] == [
        "专升本 2026秋 其他，学分 不符合、统考 符合：没有任何结论适用"
    ]


def test_a_season_that_leaves_every_status_out_is_refused(tmp_path: Path) -> None:
    season = guide.files()[SEASON].replace("excluded:", "excluded:\n  active: {why_not: 无}\n#", 1)
    assert guide.messages(guide.write(tmp_path, {SEASON: season})) == [
        (f"{SEASON}:8", "没有任何学生会属于 scope 所写的范围")
    ]


def test_only_the_first_book_has_to_conclude(tmp_path: Path) -> None:
    book = guide.files()["rulebooks/honours.yaml"]
    assert guide.messages(guide.write(tmp_path, {"rulebooks/honours.yaml": book[: book.index("conclusions:")]})) == []


def test_a_book_that_cannot_be_read_is_one_trouble_of_the_season(tmp_path: Path) -> None:
    folder = guide.write(tmp_path, {"rulebooks/honours.yaml": "rulebook: [\n"})
    assert guide.messages(folder) == [("rulebooks/honours.yaml:2", "YAML 写法有误")]


def test_more_rules_than_can_be_stored_are_refused(tmp_path: Path) -> None:
    rules = "".join(
        f"  - {{id: r{n}, label: 规则{n}, rule: credits.total, min: {n}, office: teaching, "
        "source: {document: notice, clause: 二}}\n"
        for n in range(60)
    )
    book = guide.files()[BOOK].replace("conclusions:\n", f"{rules}conclusions:\n")
    assert guide.messages(guide.write(tmp_path, {BOOK: book})) == [(f"{BOOK}:0", "本季共有 65 条规则")]


def test_a_season_of_nobody_is_refused(tmp_path: Path) -> None:
    folder = guide.spoilt(
        tmp_path, SEASON, "entry: {before: 2029春}, within_study_limit: true", "level: 专科, entry: 2032春"
    )
    folder = guide.write(
        tmp_path,
        {
            SEASON: (folder / SEASON)
            .read_text("utf-8")
            .replace("level: 专升本, entry: 2029春", "level: 专升本, not: {level: 专升本}")
        },
    )
    assert guide.messages(folder) == [(f"{SEASON}:8", "没有任何学生会属于 scope 所写的范围")]


def test_the_first_book_must_conclude(tmp_path: Path) -> None:
    book, season = guide.files()[BOOK], guide.files()[SEASON]
    spoilt = {BOOK: book[: book.index("conclusions:")], SEASON: season[: season.index("forms:")]}
    assert guide.messages(guide.write(tmp_path, spoilt)) == [(f"{BOOK}:0", "批次的第一本规则没有写 conclusions")]


@pytest.mark.parametrize(
    ("limit", "wanted"),
    [
        ("{专升本: 70}", ["专科 2026秋：规则「学分」没有写限值"]),
        ("{专升本: 70, 专科: 60}", []),
        ("{函授: 70}", ["专升本 2026秋 业余：规则「学分」没有写限值"]),
        ("{函授: 70, 业余: 60}", []),
        ("{2026秋: 70}", ["专升本 2027春：规则「学分」没有写限值"]),
        ("{河东: 70}", ["专升本 2026秋 其他：规则「学分」没有写限值"]),
        ("[{for: {level: 专升本}, value: 70}]", ["专科 2026秋：规则「学分」没有写限值"]),
        ("[{for: {level: 专升本}, value: 70}, {for: {level: 专科}, value: 60}]", []),
        ("[{value: 70}, {for: {level: 专科}, value: 60}]", ["专科 2026秋：规则「学分」没有写限值"]),
        ("[{until: 2031-06-15, value: 70}, {from: 2031-06-16, value: 60}]", []),
        ("[{until: 2031-06-14, value: 70}]", ["专升本 2026秋：规则「学分」没有写限值"]),
    ],
)
def test_everybody_a_rule_concerns_has_one_limit(tmp_path: Path, limit: str, wanted: list[str]) -> None:
    book = guide.files()[BOOK].replace("min: plan                   # 限值", f"min: {limit}")
    folder = guide.write(tmp_path, {BOOK: book, "cases/audit.yaml": _one_case()})
    assert [message for _, message in guide.messages(folder) if "限值" in message] == wanted


def test_a_limit_is_not_asked_for_whom_the_rule_leaves_out(tmp_path: Path) -> None:
    text = guide.files()[BOOK]
    book = text.replace("    max: 10.0\n", "    max: {专升本: 10.0}\n").replace(
        "    for: {entry: 2027春}\n", "    for: {entry: 2027春, level: 专升本}\n"
    )
    season = guide.files()[SEASON].replace("    for: {entry: 2027春}\n", "    for: {entry: 2027春, level: 专升本}\n")
    assert guide.messages(guide.write(tmp_path, {BOOK: book, SEASON: season})) == []


def test_a_route_that_nothing_closes_for_somebody_is_refused(tmp_path: Path) -> None:
    folder = guide.spoilt(tmp_path, SEASON, "    for: {entry: 2027春}\n", "")
    assert guide.messages(folder) == [
        (f"{SEASON}:32", "专升本 2026秋：met 所列的规则（所欠学分不超过 10）对其都不适用，通道等于无条件开放")
    ]


def test_every_shipped_proof_holds_for_each_season() -> None:
    assert {school: check_school(school).troubles for school in ("tju-online", "cslg-adult")} == {
        "tju-online": (),
        "cslg-adult": (),
    }
