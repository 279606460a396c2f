"""读取审查规则: every name has to stand somewhere, and the hash names exactly what can change a verdict."""

from datetime import datetime
from pathlib import Path

import pytest

from biye.audit.core.loading import load_season
from biye.foundation.moments import CHINA
from biye.foundation.terms import term
from biye.seasons.core.folder import load_school, shipped_schools
from biye.seasons.core.trouble import SchoolRefused
from tests.unit.rulebook import guide

BOOK, SEASON, SCHOOL = "rulebooks/graduation.yaml", "seasons/2031-autumn.yaml", "school.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new", "wanted"),
    [
        (BOOK, "rule: credits.total ", "rule: credit.total ", "没有「credit.total」这种规则"),
        (BOOK, "max: 10.0", "max: 10.0\n    against_all: total", "不认识的键「against_all」"),
        (BOOK, "max: 10.0", "max: 10.05", "「max」应为数字，写的是「10.05」"),
        (BOOK, "max: 10.0", "max: 十", "「max」应为数字，写的是「十」"),
        (BOOK, "{level: [专升本]}", "{level: [专生本]}", "没有层次「专生本」"),
        (BOOK, "{level: [专升本]}", "{mode: 网络}", "没有学习形式「网络」"),
        (BOOK, "{level: [专升本]}", "{status: 在读}", "没有学籍状态「在读」"),
        (BOOK, "{level: [专升本]}", "{entry: 二〇二〇}", "「entry」应为学期，写的是「二〇二〇」"),
        (BOOK, "{level: [专升本]}", "{entry: {}}", "「entry」没有写任何入学批次"),
        (BOOK, "    office: teaching            # 有疑问找谁\n", "    office: dean\n", "没有科室「dean」"),
        (BOOK, "clause: 四}", "clause: 四, page: 3}", "不认识的键「page」"),
        (BOOK, "{document: notice, clause: 四}", "{document: order, clause: 四}", "依据的文件「order」没有列出"),
        (BOOK, "id: owes_little", "id: Owes-Little", "「id」的写法不对：「Owes-Little」"),
        (BOOK, "{id: notice, title", "{id: 通知, title", "「id」的写法不对：「通知」"),
        (BOOK, "give: 暂不符合毕业条件", "give: 符合毕业条件", "结论「符合毕业条件」写了两行"),
        (BOOK, "favourable: true", "unless: 毕业", "没有结论「毕业」"),
        (BOOK, "any_not_met: [credits,", "any_not_met: [credit,", "没有规则「credit」"),
        (BOOK, "any_not_met: [credits,", "any_not_met: [学分,", "没有规则「学分」"),
        (BOOK, "{met: [credits, unified_exams]}", "{metall: [credits]}", "不认识的键「metall」"),
        (SEASON, "graduation.yaml, ", "graduations.yaml, ", "没有规则文件 rulebooks/graduations.yaml"),
        (SEASON, "paper: check ", "paper: checks ", "日程中没有「checks」"),
        (SEASON, "for_conclusion: 符合毕业条件", "for_conclusion: 毕业", "没有结论「毕业」"),
        (SEASON, "until: 2031-06-15 24:00", "until: 2031-06-31 24:00", "「until」不是一个存在的时刻：「2031-06-31 24:00」"),
        (SEASON, "scope_source: {document: notice,", "scope_source: {document: notices,", "依据的文件「notices」没有列出"),
        (SEASON, "open_when: {met: owes_little,", "open_when: {met: owes_litle,", "没有规则「owes_litle」"),
        (SEASON, "silence: no_objection ", "silence: no ", "「silence」不能写「no」"),
        (SCHOOL, "suspended: [休学]", "suspended: [休学, 在籍]", "学籍状态「在籍」归入了两类"),
        (SCHOOL, "min_terms: 5, max_terms: 10, suspension_counts: true", "min_terms: 5, suspension_counts: true", "缺少「max_terms」"),
        (SCHOOL, '\ncode: "10000"', '\ncode: "1000"', "「code」的写法不对：「1000」"),
        (BOOK, "rule: credits.owed\n    max: 10.0", "rule: record.complete\n    fields: [name, 民族]", "没有「民族」这一栏"),
        (BOOK, "rule: credits.owed\n    max: 10.0", "rule: standing.status\n    status: 在学", "没有学籍状态「在学」"),
        (BOOK, "rule: credits.owed\n    max: 10.0", "rule: rank.within\n    count: 3\n    score_of: credits",
         "「credits」不是本季的 grade.average 规则"),
        (BOOK, "rule: credits.owed\n    max: 10.0",
         "rule: rank.within\n    count: 3\n    score_of: honours_average\n    among: {met: owes_little}",
         "among 中的「owes_little」也是名额规则"),
        (SCHOOL, "modes: [函授, 业余]", "modes: [函授, 业余]\nsheets: {grade: {}}", "没有「grade」这种表"),
        (SCHOOL, "modes: [函授, 业余]", "modes: [函授, 业余]\nsheets: {fees: {columns: {sum: 金额}}}",
         "这种表没有「sum」这一列"),
        (SCHOOL, '专科: "06"', '专课: "06"', "没有层次「专课」"),
    ],
)  # fmt: skip
def test_a_name_that_stands_nowhere_is_refused_where_it_is_written(
    tmp_path: Path, path: str, old: str, new: str, wanted: str
) -> None:
    before, _, _ = guide.files()[path].partition(old)
    folder = guide.spoilt(tmp_path, path, old, new)
    with pytest.raises(SchoolRefused) as refused:
        load_season(folder, "2031-autumn")
    found = [(one.file.partition("/")[2], one.line, one.message.partition("（")[0]) for one in refused.value.troubles]
    assert found == [(path, before.count("\n") + 1 + new.count("\n", 0, new.rfind(" ")), wanted)]


@pytest.mark.parametrize(
    ("old", "wanted"),
    [
        ("    rule: credits.total         # 规则种类\n", [(5, "缺少「rule」")]),
        ("    min: plan                   # 限值\n", [(5, "缺少「min」")]),
        ("    max: 10.0\n", [(18, "缺少「max」")]),
        ("rulebook: 毕业资格\n", [(0, "缺少「rulebook」")]),
    ],
)
def test_what_is_missing_is_missed_where_it_should_stand(
    tmp_path: Path, old: str, wanted: list[tuple[int, str]]
) -> None:
    with pytest.raises(SchoolRefused) as refused:
        load_season(guide.spoilt(tmp_path, BOOK, old, ""), "2031-autumn")
    assert [(trouble.line, trouble.message) for trouble in refused.value.troubles] == wanted


def test_a_rule_id_stands_once_in_all_books_of_a_season(tmp_path: Path) -> None:
    folder = guide.spoilt(tmp_path, "rulebooks/honours.yaml", "id: honours_conduct", "id: credits")
    with pytest.raises(SchoolRefused) as refused:
        load_season(folder, "2031-autumn")
    name = tmp_path.name
    assert str(refused.value.troubles[0]) == (
        f"{name}/rulebooks/honours.yaml:12：规则编号「credits」用了两次（另一处：{name}/rulebooks/graduation.yaml:5）。"
        "同一批次的各本规则中编号不得相同。"
    )


def test_a_book_must_list_the_document_and_the_course_kinds_it_names(tmp_path: Path) -> None:
    folder = guide.spoilt(tmp_path, BOOK, "min: plan                   # 限值", "min: plan\n    over: {kind: 必选}")
    with pytest.raises(SchoolRefused) as refused:
        load_season(folder, "2031-autumn")
    (trouble,) = refused.value.troubles
    assert (trouble.line, trouble.message, trouble.remedy.split("；")[-1]) == (
        9,
        "「kind」不能写「必选」",
        "可写：必修、选修、实践、毕业论文",
    )


def test_rows_that_give_way_to_each_other_in_a_circle(tmp_path: Path) -> None:
    text = guide.files()[BOOK].replace("favourable: true", "unless: 暂不符合毕业条件")
    text = text.replace(
        "{any_not_met: [credits, unified_exams]}", "{any_not_met: [credits, unified_exams]}\n    unless: 符合毕业条件"
    )
    with pytest.raises(SchoolRefused) as refused:
        load_season(guide.write(tmp_path, {BOOK: text}), "2031-autumn")
    assert [trouble.message for trouble in refused.value.troubles] == [
        "结论「符合毕业条件」的 unless 绕成了圈",
        "结论「暂不符合毕业条件」的 unless 绕成了圈",
    ]


def test_troubles_of_all_files_come_at_once(tmp_path: Path) -> None:
    whole = guide.files()
    spoilt = {
        SCHOOL: whole[SCHOOL].replace("kind: adult", "kind: night"),
        SEASON: whole[SEASON].replace("\ntitle:", "\ntitel:"),
        BOOK: whole[BOOK].replace("label: 学分 ", "lable: 学分 "),
    }
    assert guide.messages(guide.write(tmp_path, spoilt)) == [
        (f"{BOOK}:5", "缺少「label」"),
        (f"{BOOK}:6", "不认识的键「lable」"),
        (f"{SCHOOL}:5", "「kind」不能写「night」"),
        (f"{SEASON}:0", "缺少「title」"),
        (f"{SEASON}:3", "不认识的键「titel」"),
    ]


def test_a_season_as_the_engine_gets_it(tmp_path: Path) -> None:
    loaded = load_season(guide.write(tmp_path), "2031-autumn")
    at = datetime(2031, 6, 16, tzinfo=CHINA)
    frame = loaded.frame(at)
    assert (frame.at, frame.season_term, frame.school) == (at, term("2031秋"), loaded.school)
    assert frame.calendar == {
        "check": datetime(2031, 6, 16, tzinfo=CHINA),
        "photo": datetime(2031, 6, 15, 12, tzinfo=CHINA),
    }
    assert list(loaded.programme.books) == ["graduation", "honours"]
    assert loaded.programme.excluded_statuses == ("休学", "退学", "毕业", "结业", "死亡")
    assert [(route.id, route.label) for route in loaded.programme.routes] == [("completion", "申请结业")]
    assert loaded.folder == tmp_path


def test_moments_are_in_the_school_s_zone(tmp_path: Path) -> None:
    folder = guide.spoilt(tmp_path, SCHOOL, "kind: adult", "kind: adult\nzone: Asia/Urumqi")
    closing = load_season(folder, "2031-autumn").season.closing["photo"]
    assert closing.utcoffset() is not None
    assert closing.isoformat() == "2031-06-15T12:00:00+06:00"
    with pytest.raises(SchoolRefused, match="没有「Asia/Nowhere」这个时区"):
        load_season(guide.spoilt(tmp_path, SCHOOL, "kind: adult", "kind: adult\nzone: Asia/Nowhere"), "2031-autumn")


@pytest.mark.parametrize(
    ("path", "old", "new", "same"),
    [
        (BOOK, "max: 10.0", "max: 10.1", False),
        (BOOK, "    label: 学分 ", "    label: 总学分 ", False),
        (SEASON, "2031-06-15 12:00", "2031-06-15 13:00", False),
        (SEASON, "{graduation: graduation.yaml, honours: honours.yaml}", "{honours: honours.yaml, graduation: graduation.yaml}", False),
        (SCHOOL, "max_terms: 10, suspension_counts: false", "max_terms: 11, suspension_counts: false", False),
        (SCHOOL, "及格: 65", "及格: 60", False),
        (SCHOOL, "telephone: 000-00000000", "telephone: 000-11111111", True),
        (SCHOOL, "label: 教学点", "label: 函授站", True),
        (BOOK, "# 限值", "# 另一句话", True),
        (BOOK, "  - id: credits                 # 供结论和通道引用\n    label: 学分                 # 学生看到的名称\n",
         "  - label: 学分\n    id: credits\n", True),
        ("cases/audit.yaml", "79", "78", True),
    ],
)  # fmt: skip
def test_the_hash_names_what_can_change_a_verdict(tmp_path: Path, path: str, old: str, new: str, same: bool) -> None:
    whole = load_season(guide.write(tmp_path / "a"), "2031-autumn").rulebook_hash
    text = guide.files()[path].replace(old, new)
    other = load_season(guide.write(tmp_path / "b", {path: text}), "2031-autumn").rulebook_hash
    assert (whole == other) is same
    assert len(whole) == 64


def test_a_school_is_found_by_name_or_by_folder(tmp_path: Path) -> None:
    assert shipped_schools() == ["cslg-adult", "hebut-adult", "northeast-correspondence", "tju-online", "xmu-online"]
    assert load_school("tju-online").school == "天津大学"
    assert load_school(guide.write(tmp_path)).school == "某大学"
    with pytest.raises(SchoolRefused, match="找不到学校「nowhere」"):
        load_school("nowhere")
    with pytest.raises(SchoolRefused, match="没有批次「2031-spring」。已有批次：2031-autumn"):
        load_season(tmp_path, "2031-spring")
    (tmp_path / SCHOOL).write_text("school: [\n", "utf-8")
    with pytest.raises(SchoolRefused, match=r"school.yaml:2：YAML 写法有误"):
        load_school(tmp_path)


def test_what_a_school_says_of_statuses_and_scales() -> None:
    school = load_school("tju-online")
    assert school.meaning("保留学籍") == "suspended"
    assert school.meaning("在读") is None
    assert school.statuses_meaning("suspended", "dead") == ("休学", "保留学籍", "死亡")
    assert school.scale().pass_score == 6000
    with pytest.raises(KeyError):
        school.scale("学位")
