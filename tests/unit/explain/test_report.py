"""What leaves the system: one object a student for machines, a workbook of three sheets for people."""

import json

from biye.audit.core.explain.explanation import Explainer
from biye.audit.core.explain.report import pages, student_headings, student_objects, student_row
from biye.audit.core.loading import load_season
from biye.audit.core.pipeline import audit_tables
from biye.audit.core.sample.invention import invent
from biye.foundation.moments import moment
from biye.machinery.exchange.core.problems import Problem, Severity

LOADED = load_season("tju-online", "2022-autumn")
FRAME = LOADED.frame(moment("2022-05-30 09:12"))
TELLER = Explainer(LOADED, audit_tables(LOADED.programme, FRAME, invent(LOADED, 120, 7).tables))
EVERYBODY = list(student_objects(TELLER, range(120)))


def test_an_object_has_these_fields_and_no_others() -> None:
    for one in EVERYBODY:
        assert list(one) == ["student_no", "name", "conclusion", "candidate", "why_not", "findings", "routes"]
        assert {tuple(finding) for finding in one["findings"]} == {
            ("rule", "verdict", "have", "need", "clause", "sentence")
        }
        assert {tuple(route) for route in one["routes"]} == {("route", "label", "open", "reason")}
        assert json.loads(json.dumps(one, ensure_ascii=False)) == one


def test_amounts_are_numbers_and_words_stay_words() -> None:
    fine = next(one for one in reversed(EVERYBODY) if one["conclusion"] == "学分及统考审核通过")
    by_rule = {finding["rule"]: finding for finding in fine["findings"]}
    assert (fine["candidate"], fine["why_not"]) == (True, None)
    assert by_rule["credits"]["need"] == 80.0
    assert by_rule["credits"]["have"] >= 80.0
    assert (by_rule["unified_exams"]["have"], by_rule["unified_exams"]["need"]) == (2, 2)
    assert by_rule["photo_comparison"]["have"] == "通过"
    assert by_rule["owes_at_most_10"] == {
        "rule": "owes_at_most_10",
        "verdict": "NOT_REQUIRED",
        "have": None,
        "need": None,
        "clause": "通知二.2(2)",
        "sentence": "此项只适用于2018春入学的学生（通知二.2(2)）。",
    }


def test_whoever_is_no_candidate_has_no_conclusion_but_a_reason() -> None:
    others = [one for one in EVERYBODY if not one["candidate"]]
    assert others
    assert {one["conclusion"] for one in others} == {None}
    assert [one for one in others if not one["why_not"]] == []


def test_a_row_is_as_wide_as_its_headings() -> None:
    headings = student_headings(TELLER)
    row = student_row(TELLER, 60, TELLER.brief(60))
    assert len(row) == len(headings)
    told = dict(zip(headings, row, strict=True))
    assert told["学号"] == TELLER.audited.population.tables.students.student_no[60]
    assert [heading for heading in headings if heading in ("毕业图像", "学士学位", "学分", "统考", "主干课")] == [
        "毕业图像",
        "学士学位",
        "学分",
        "统考",
        "主干课",
    ]


def test_the_workbook_has_students_findings_and_problems() -> None:
    problem = Problem("file_ignored", Severity.NOTE, "说明.docx")
    students, findings, problems = pages(TELLER, range(120), [problem])
    assert [page.name for page in (students, findings, problems)] == ["审查结论", "审查意见", "输入问题"]
    assert len(list(students.rows)) == 120
    assert len(list(findings.rows)) == 120 * len(TELLER.loaded.programme.rules)
    assert [row[:2] for row in problems.rows] == [["提示", "说明.docx"]]


def test_no_identity_number_leaves() -> None:
    numbers = {number.decode() for number in TELLER.audited.population.tables.students.identity.tolist()}
    written = json.dumps(EVERYBODY, ensure_ascii=False)
    written += str([list(page.rows) for page in pages(TELLER, range(120), [])])
    assert [number for number in numbers if number in written] == []
