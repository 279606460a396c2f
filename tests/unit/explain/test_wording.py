"""Figures, lists, moments and groups of people as people write them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from biye.audit.core.engine import Override
from biye.audit.core.explain.explanation import Explainer
from biye.audit.core.explain.wording import begins, day, describe, figure, instant, listed
from biye.audit.core.loading import load_season
from biye.audit.core.pipeline import audit_tables
from biye.audit.core.sample.invention import invent
from biye.audit.core.vocabulary import Unit
from biye.foundation.moments import moment
from biye.foundation.verdicts import Verdict
from biye.seasons.core.people import People
from tests.unit.explain.telling import explained, finding

NOW = moment("2022-05-30 09:12")


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        (760, Unit.CREDITS, "76.0"),
        (6999, Unit.SCORE, "69.99"),
        (7800, Unit.SCORE, "78.0"),
        (9000, Unit.PERCENT, "90%"),
        (8333, Unit.PERCENT, "83.33%"),
        (12345, Unit.MONEY, "12,345"),
        (3, Unit.COUNT, "3"),
        (9, Unit.TERMS, "9"),
    ],
)
def test_figures(amount: int, unit: Unit, shown: str) -> None:
    assert figure(amount, unit) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ([], ""),
        (["甲"], "甲"),
        (["甲", "乙", "丙", "丁", "戊"], "甲、乙、丙、丁、戊"),
        (["甲", "乙", "丙", "丁", "戊", "己"], "甲、乙、丙、丁等 6 门"),
    ],
)
def test_lists(words: list[str], shown: str) -> None:
    assert listed(words) == shown


@pytest.mark.parametrize(
    ("text", "ends", "came", "opens"),
    [
        ("2022-06-15 24:00", "6 月 15 日", "6 月 16 日 00:00", "6 月 16 日"),
        ("2022-06-15 12:00", "6 月 15 日 12:00", "6 月 15 日 12:00", "6 月 15 日 12:00"),
        ("2021-12-31 24:00", "2021 年 12 月 31 日", "1 月 1 日 00:00", "1 月 1 日"),
        ("2023-01-01 08:30", "2023 年 1 月 1 日 08:30", "2023 年 1 月 1 日 08:30", "2023 年 1 月 1 日 08:30"),
    ],
)
def test_moments(text: str, ends: str, came: str, opens: str) -> None:
    assert (day(moment(text), NOW), instant(moment(text), NOW), begins(moment(text), NOW)) == (ends, came, opens)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ({}, "学生"),
        ({"level": "专科"}, "专科学生"),
        ({"level": ["专科", "专升本"], "mode": "函授"}, "函授专科、专升本学生"),
        ({"entry": ["2018春", "2018秋"]}, "2018春、2018秋入学的学生"),
        ({"entry": {"from": "2017春", "until": "2019秋"}}, "2017春至2019秋入学的学生"),
        ({"entry": {"from": "2017春"}}, "2017春及以后入学的学生"),
        ({"entry": {"after": "2017春", "until": "2018春"}}, "2017春以后入学、2018春及以前入学的学生"),
        ({"within_study_limit": True}, "未超过最长学习年限的学生"),
        ({"within_study_limit": False}, "已超过最长学习年限的学生"),
        ({"outside_system": True, "level": "专科"}, "不在教务系统中的专科学生"),
        ({"outside_system": False}, "在教务系统中的学生"),
        ({"plan": ["会计2020", "会计2021"], "level": "专科"}, "教学计划为会计2020、会计2021的专科学生"),
        ({"not": {"level": "专科"}}, "除专科学生以外的学生"),
        ({"any": [{"level": "专科"}, {"entry": "2018春"}]}, "专科学生，或2018春入学的学生"),
        ({"all": [{"level": "专科"}, {"entry": "2018春"}]}, "专科学生，且为2018春入学的学生"),
        ({"level": "专科", "any": [{"mode": "函授"}, {"mode": "业余"}]}, "专科学生，且为函授学生，或业余学生"),
    ],
)
def test_groups_of_people(people: dict[str, Any], said: str) -> None:
    assert describe(People.model_validate(people)) == said


def test_a_decision_of_a_person_is_said_beside_what_the_facts_show() -> None:
    loaded = load_season("tju-online", "2022-autumn")
    made = invent(loaded, 40, 7)
    rows = np.array([3])
    number = [rule.id for rule in loaded.programme.rules].index("credits")
    audited = audit_tables(
        loaded.programme, loaded.frame(NOW), made.tables, overrides=(Override(number, rows, Verdict.NOT_MET),)
    )
    told = Explainer(loaded, audited, frozenset({(number, 3)})).brief(3)
    one = finding(told, "credits")
    assert (one.is_override, one.verdict, one.fixes) == (True, Verdict.NOT_MET, ())
    assert one.text == f"经人工认定为不符合（数据显示：{one.have}，{one.need}）"
    assert [other.is_override for other in told.findings if other.rule != "credits"] == [False] * (
        len(told.findings) - 1
    )


def test_unified_exams_are_named_one_by_one_in_the_full_explanation() -> None:
    told = explained({"exams": {"大学英语B": "免考：入学注册时年满 40 周岁", "计算机应用基础": "通过"}})
    assert finding(told, "unified_exams").have == "大学英语B 免考（入学注册时年满 40 周岁）、计算机应用基础 合格"


def test_a_season_without_any_end_names_no_day() -> None:
    loaded = load_season("tju-online", "2022-autumn")
    calendar = {name: entry.model_copy(update={"silence": "nothing"}) for name, entry in loaded.season.calendar.items()}
    timeless = replace(loaded, season=loaded.season.model_copy(update={"calendar": calendar}))
    made = invent(loaded, 60, 7)
    audited = audit_tables(loaded.programme, timeless.frame(NOW), made.tables)
    sentences = {
        one.sentence
        for told in Explainer(timeless, audited).briefs()
        for one in told.findings
        if one.rule == "credits" and one.verdict is Verdict.NOT_MET
    }
    assert sentences
    assert [one for one in sentences if not one.endswith("如有异议，请联系 学习支持服务办公室 022-87401520。")] == []
