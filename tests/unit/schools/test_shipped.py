"""随附的学校: they load, their cases come out, and they hold every clause of the notices they are taken from."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from biye.audit.core.cases import Casebook
from biye.audit.core.checking import check_school
from biye.audit.core.loading import load_season
from biye.audit.core.vocabulary import kinds
from biye.seasons.core.folder import SHIPPED, load_school, season_stems, shipped_schools
from biye.seasons.core.reading import Page, parse_page

CLAUSES = Path(__file__).parents[3] / "docs" / "schools.md"
FOUNDING = {"tju-online": "2022-autumn", "cslg-adult": "2021-summer"}
SEASONS = [(school, stem) for school in shipped_schools() for stem in season_stems(SHIPPED / school)]


@pytest.mark.parametrize("school", [*shipped_schools(), "_template"])
def test_a_shipped_school_checks_clean(school: str) -> None:
    assert check_school(SHIPPED / school).troubles == ()


def casebooks(school: str) -> list[Casebook]:
    files = sorted((SHIPPED / school / "cases").glob("*.yaml"))
    return [Casebook.model_validate(parse_page(file.read_bytes(), Page(file.name)).content) for file in files]


def expected(school: str) -> dict[str, dict[str, set[str]]]:
    """What the cases of a school expect: verdicts by rule, routes by route, conclusions by book."""
    found: dict[str, dict[str, set[str]]] = {part: defaultdict(set) for part in ("verdicts", "routes", "conclusions")}
    for book in casebooks(school):
        for case in book.cases:
            for part, said in found.items():
                for key, word in getattr(case.expect, part).items():
                    said[key].add(word)
    return found


@pytest.mark.parametrize(("school", "season"), FOUNDING.items())
def test_every_rule_conclusion_and_route_of_the_founding_schools_has_its_cases(school: str, season: str) -> None:
    loaded, found = load_season(school, season), expected(school)
    assert {rule.id for rule in loaded.programme.rules if not found["verdicts"][rule.id] >= {"符合", "不符合"}} == set()
    given = {book: {row.give for row in one.conclusions} for book, one in loaded.programme.books.items()}
    assert {book: words - {"待定"} for book, words in found["conclusions"].items()} == given
    conditional = {route.id for route in loaded.programme.routes if route.open_when is not None}
    assert {route for route in conditional if not found["routes"][route] >= {"开放", "不开放"}} == set()


def test_the_worked_examples_of_the_founding_notices_are_cases() -> None:
    names = {case.case for school in FOUNDING for book in casebooks(school) for case in book.cases}
    assert names >= {
        "专升本2020春，学分与统考都通过",
        "统考已导入而缺一科",
        "统考尚未导入，不下结论",
        "专科只看学分",
        "2018春，欠 10.0 学分，可以申请结业",
        "2018春，欠 10.1 学分，不能申请结业",
        "11:59 学信网已有照片",
        "12:01 学信网才有照片",
        "平均分 69.995，先保留两位小数，记为 70.00",
        "休学",
        "退学",
        "系统中存在的已退学学生，列出清理",
    }


def clauses(school: str) -> dict[tuple[str, str], str]:
    """The page's table of one school: (file, key) → clause."""
    title = {"tju-online": "天津大学 2022 年秋季", "cslg-adult": "常熟理工学院 2021 年夏季"}[school]
    part = CLAUSES.read_text("utf-8").partition(f"## {title}")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")]
    return {(file, key): clause for clause, _, file, key in rows[2:]}


def sources(part: Any, path: tuple[str, ...] = ()) -> dict[str, str]:
    """Every key of a file that names its clause, rules and conclusions by their own names."""
    found: dict[str, str] = {}
    if isinstance(part, dict):
        if "source" in part:
            found[".".join(path)] = part["source"]["clause"]
        for key, value in part.items():
            if key == "scope_source":
                found["scope"] = value["clause"]
            elif key != "source":
                found.update(sources(value, (*path, key)))
    elif isinstance(part, list):
        for number, value in enumerate(part):
            name = value.get("id") or value.get("give") or str(number) if isinstance(value, dict) else str(number)
            found.update(sources(value, (*path, name)))
    return found


@pytest.mark.parametrize(("school", "season"), FOUNDING.items())
def test_the_page_of_clauses_and_the_files_agree_both_ways(school: str, season: str) -> None:
    files = [
        f"seasons/{season}.yaml",
        *(f"rulebooks/{file.name}" for file in (SHIPPED / school / "rulebooks").glob("*")),
    ]
    written = {
        (file, key): clause
        for file in files
        for key, clause in sources(yaml.safe_load((SHIPPED / school / file).read_text("utf-8"))).items()
    }
    page = {place: clause for place, clause in clauses(school).items() if place[0] != "school.yaml"}
    left_out = {place for place in written if place[1].startswith("conclusions.") and place not in page}
    assert {place: clause for place, clause in written.items() if place not in left_out} == page


@pytest.mark.parametrize("school", FOUNDING)
def test_what_the_page_says_of_the_school_itself_stands_there(school: str) -> None:
    profile = yaml.safe_load((SHIPPED / school / "school.yaml").read_text("utf-8"))
    for file, key in clauses(school):
        if file == "school.yaml":
            part: Any = profile
            for name in key.split("."):
                part = part[name]


def test_the_offices_of_the_first_notice_with_their_telephones() -> None:
    offices = load_school("tju-online").offices
    assert {office.label: (office.telephone, office.fields) for office in offices.values()} == {
        "学习支持服务办公室": (("022-87401520",), ("课程", "学分")),
        "学籍办公室": (("022-87557593",), ("学籍", "统考", "照片", "公示")),
        "实践教学办公室": (("022-87557085",), ("毕业论文", "实践")),
    }


def test_the_moments_of_both_notices() -> None:
    closing = {school: load_season(school, season).season.calendar for school, season in FOUNDING.items()}
    shown = {
        school: {name: f"{entry.until:%Y-%m-%d %H:%M %z}" for name, entry in calendar.items()}
        for school, calendar in closing.items()
    }
    end_of_day = "2022-06-16 00:00 +0800"
    assert shown == {
        "tju-online": {
            "check": end_of_day,
            "sign_off": end_of_day,
            "correction_paper": end_of_day,
            "chsi_check": end_of_day,
            "paper": end_of_day,
            "photo": "2022-06-15 12:00 +0800",
            "notice": "2022-07-01 00:00 +0800",
        },
        "cslg-adult": dict.fromkeys(("audit", "photo", "degree"), "2021-06-22 00:00 +0800"),
    }


def test_the_shipped_schools_use_much_of_the_vocabulary() -> None:
    used = {rule.rule for school, stem in SEASONS for rule in load_season(school, stem).programme.rules}
    assert used <= set(kinds())
    assert used == {
        "certificate.any_of",
        "courses.count",
        "courses.passed",
        "credits.owed",
        "credits.total",
        "exams.unified",
        "fees.cleared",
        "grade.average",
        "grade.each",
        "grade.of",
        "photo.comparison",
        "photo.registered",
        "photo.spec",
        "standing.discipline",
        "standing.flag",
        "standing.study_period",
    }


def test_no_shipped_file_holds_an_address() -> None:
    texts = [file.read_text("utf-8") for file in SHIPPED.rglob("*.yaml")]
    assert [found for text in texts for found in re.findall(r"https?://\S+", text)] == []
