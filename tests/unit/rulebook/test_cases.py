"""案例核对: cases run through the real engine, and whatever comes out differently is said where it was expected."""

from pathlib import Path

import numpy as np
import pytest

from biye.audit.core.case_tables import tables_of
from biye.audit.core.cases import CasePlan, Facts
from biye.audit.core.checking import check_school, load_for_publishing
from biye.foundation.codes import Mark, Obtained, Outcome, Part
from biye.foundation.moments import day_number, minute_of, moment
from biye.foundation.terms import UNKNOWN_TERM, term
from biye.records.core.tables import NO_DAY, NO_SCORE
from biye.seasons.core.trouble import SchoolRefused
from tests.unit.rulebook import guide

CASES = "cases/audit.yaml"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("{graduation: 符合毕业条件}", "{graduation: 暂不符合毕业条件}",
         "案例「各项齐备」：结论 应为 暂不符合毕业条件，实为 符合毕业条件"),
        ("{graduation: 待定}", "{graduation: 符合毕业条件}", "案例「统考还没导入」：结论 应为 符合毕业条件，实为 待定"),
        ("{credits: 符合, ", "{credits: 不符合, ", "案例「各项齐备」：规则「学分」 应为 不符合，实为 符合"),
        ("{completion: 开放}", "{completion: 不开放}", "案例「2027春，欠 10.0」：通道「申请结业」 应为 不开放，实为 开放"),
        ("{candidate: 否, why_not: suspended}", "{candidate: 是}", "案例「休学」：是否列入 应为 是，实为 否"),
        ("why_not: suspended", "why_not: scope", "案例「休学」：不列入的原因 应为 scope，实为 suspended"),
        ("verdicts: {unified_exams: 待核实}", "verdicts: {unified_exam: 待核实}", "没有规则「unified_exam」"),
        ("{graduation: 待定}", "{degree: 待定}", "没有规则本「degree」"),
        ("{graduation: 待定}", "{graduation: 毕业}", "没有结论「毕业」"),
        ("{completion: 开放}", "{deferral: 开放}", "没有申请通道「deferral」"),
        ("case: 统考缺", "case: 各项齐备", "案例「各项齐备」写了两次"),
        ("plan: 会计学逐门", "plan: 会计", "没有教学计划「会计」"),
        ("facts:\n      plan: 会计学逐门\n      credits: null", "facts:\n      plan: 会计学逐门", "计划「会计学逐门」已列出课程"),
        ("facts: {status: 休学}", "facts: {statuz: 休学}", "不认识的键「statuz」"),
        ("基础会计: {credits: 4, core: true}", "基础会计: {credits: 4.05, core: true}", "「credits」应为学分，写的是「4.05」"),
        ("基础会计: {credits: 4, core: true}", "基础会计: {credits: 4, module: 甲}", "没有模块「甲」"),
        ("计算机应用: 合格}", "计算机应用: 很好}", "「计算机应用」应为成绩，写的是「很好」"),
        ("season: 2031-autumn  ", "season: 2031-spring  ", "没有批次「2031-spring」"),
        ("document: notice, clause: 一", "document: order, clause: 一", "依据的文件「order」没有列出"),
    ],
)  # fmt: skip
def test_a_difference_is_said_where_it_was_expected(tmp_path: Path, old: str, new: str, wanted: str) -> None:
    text = guide.files()[CASES]
    place = text.index(old)
    text = text[:place] + new + text[place + len(old) :]
    line = text[:place].count("\n") + 1
    assert guide.messages(guide.write(tmp_path, {CASES: text})) == [(f"{CASES}:{line}", wanted)]


def test_only_a_season_whose_cases_come_out_may_be_published(tmp_path: Path) -> None:
    assert load_for_publishing(guide.write(tmp_path), "2031-autumn").stem == "2031-autumn"
    guide.spoilt(tmp_path, CASES, "{graduation: 待定}", "{graduation: 符合毕业条件}")
    with pytest.raises(SchoolRefused, match="实为 待定"):
        load_for_publishing(tmp_path, "2031-autumn")
    (tmp_path / CASES).unlink()
    with pytest.raises(SchoolRefused, match="批次「2031-autumn」没有案例"):
        load_for_publishing(tmp_path, "2031-autumn")


def test_a_school_without_seasons_and_rulebooks_no_season_names(tmp_path: Path) -> None:
    guide.write(tmp_path, {"rulebooks/old.yaml": "rulebook: 旧规则\n"})
    (tmp_path / "seasons/2031-autumn.yaml").unlink()
    assert [str(one).partition("/")[2] for one in check_school(tmp_path).troubles] == [
        "cases/audit.yaml:2：没有批次「2031-autumn」。seasons/ 中有：。",
        "rulebooks/old.yaml：缺少「document」。请补上。",
        "rulebooks/old.yaml：缺少「rules」。请补上。",
        "school.yaml：没有任何批次。请在 seasons/ 中至少写一个批次文件。",
    ]


PLAN = CasePlan.model_validate(
    {
        "modules": {"甲": 10, "乙": {"credits": 5.5, "overflow": "甲"}},
        "courses": {"数学": {"credits": 4, "module": "乙", "degree": True}, "论文": {"credits": 6, "kind": "毕业论文"}},
        "substitutions": {"旧数学": "数学"},
        "exams": ["大学英语B"],
    }
)


def test_facts_become_the_same_tables_as_everybody_s() -> None:
    facts = Facts.model_validate(
        {
            "level": "专升本",
            "entry": "2020春",
            "birth": "1990-02-03",
            "sex": "女",
            "identity": "11010519491231002X",
            "filled": {"民族": False},
            "courses": {
                "旧数学": ["45", {"grade": "69.5", "obtained": "补考", "term": "2021秋"}],
                "论文": "良",
                "数学": "免修",
            },
            "exams": {"大学英语B": "免考：年满40周岁", "计算机": "缺考"},
            "certificates": [{"kind": "学位英语"}, {"kind": "CET-4", "obtained": "2021-06-01", "score": "425"}],
            "fees": [{"due": "2000.5", "paid": "1", "year": "2021", "posted": "2021-03-01"}],
            "sanctions": [{"kind": "记过", "imposed": "2021-01-01"}],
            "flags": {"前置学历待复查": "不详"},
            "photo": {"at_chsi": "2022-06-15 11:59", "specification": "符合"},
            "history": [{"season": "2021秋", "conclusion": "暂不符合毕业条件"}],
            "not_imported": ["考试", "往季"],
        }
    )
    tables = tables_of(facts, PLAN)
    students, plans, results = tables.students, tables.plans, tables.results
    assert (students.level.word(0), students.status.word(0), students.entry[0]) == ("专升本", None, term("2020春"))
    assert (students.sex[0], students.identity[0], students.filled["民族"][0]) == (2, b"11010519491231002X", False)
    everything = (1 << len(Part)) - 1
    assert students.covered[0] == everything & ~(1 << Part.EXAMINED) & ~(1 << Part.HISTORY)
    assert tables.courses.name == ["数学", "旧数学", "论文"]
    assert (plans.module_credits.tolist(), plans.module_overflow.tolist()) == ([100, 55], [-1, 0])
    assert (plans.slot_credits.tolist(), plans.slot_module.tolist()) == ([40, 60], [1, -1])
    assert (plans.substitution_taken.tolist(), plans.substitution_counts_as.tolist()) == ([1], [0])
    assert results.score.tolist() == [4500, 6950, NO_SCORE, NO_SCORE]
    assert results.mark.tolist() == [Mark.NUMBER, Mark.NUMBER, Mark.GOOD, Mark.EXEMPT]
    assert results.obtained.tolist() == [Obtained.FIRST, Obtained.RESIT, Obtained.FIRST, Obtained.EXEMPTION]
    assert results.term.tolist() == [UNKNOWN_TERM, term("2021秋"), UNKNOWN_TERM, UNKNOWN_TERM]
    assert tables.exams.outcome.tolist() == [Outcome.EXEMPT, Outcome.ABSENT]
    assert (tables.exams.reason.word(0), tables.exams.reason.word(1)) == ("年满40周岁", None)
    assert tables.certificates.score.tolist() == [NO_SCORE, 42500]
    assert tables.certificates.obtained.tolist()[0] == NO_DAY
    assert (tables.fees.due.tolist(), tables.fees.paid.tolist()) == ([200_050], [100])
    assert tables.sanctions.lifted.tolist() == [NO_DAY]
    assert tables.flags.cleared.tolist() == [-1]
    assert tables.photos.at_chsi_since.tolist() == [minute_of(moment("2022-06-15 11:59"))]
    assert tables.history.outcome.word(0) is None
    assert students.birth_day[0] == day_number(facts.birth) if facts.birth else False


@pytest.mark.parametrize(("earned", "credits"), [("70.0", [700, 100]), ("80.0", [800]), ("80.1", [801])])
def test_credits_without_courses_are_what_is_earned_and_what_is_owed(earned: str, credits: list[int]) -> None:
    plan = CasePlan.model_validate({"credits": "80.0"})
    tables = tables_of(Facts.model_validate({"credits": earned}), plan)
    assert tables.plans.slot_credits.tolist() == credits
    assert len(tables.results.student) == 1


def test_a_student_without_a_plan() -> None:
    tables = tables_of(Facts(), None)
    assert (tables.students.plan.tolist(), tables.plans.code, len(tables.photos.student)) == ([-1], [], 0)
    assert np.array_equal(tables.results.student, np.empty(0, np.int32))
