"""A change of a plan, a course or a substitution is a change of the facts of everybody it concerns; so is taking it back."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from biye.audit.actions.run_audit import run_audit
from biye.foundation.actor import SYSTEM
from biye.foundation.moments import CHINA
from biye.machinery.exchange.models.batch import ImportBatch
from biye.records.actions.import_undoing import undo_import
from biye.records.actions.imports import accept_import, preview_import, receive_import
from biye.records.core.sheets.settings import SheetSettings
from biye.records.models.facts import FactChange
from biye.records.models.plan import Plan
from biye.records.models.student import Student
from tests.audited_school import LATER, audited_school
from tests.workbooks import COURSES, GRADES, PLANS, STUDENTS, Rows, workbook

AT = datetime(2022, 5, 1, 9, 0, tzinfo=CHINA)
SETTINGS = SheetSettings()
# 2003 follows another plan and has no grades; 2004 follows none, and has a result in a course of 会计.
PEOPLE = [*STUDENTS[:3], (*STUDENTS[3][:7], "法学", *STUDENTS[3][8:]), ("2004", "赵六", *[""] * 8)]
ATTEMPTS = [*GRADES, ("2004", "赵六", "A3", "合格", "2021春")]
ACCOUNTING, WITH_A_RESULT, EVERY_PLAN = ["2001", "2002"], ["2001", "2002", "2004"], ["2001", "2002", "2003"]
CHANGES: dict[str, tuple[str, Rows, list[str]]] = {
    "total credits": ("教学计划", [PLANS[0], ("会计", "81")], ACCOUNTING),
    "a module": ("计划模块", [("教学计划", "模块代码", "最低学分"), ("会计", "公共", "6")], ACCOUNTING),
    "credits of a course": ("课程", [COURSES[0], (*COURSES[1][:4], "5", *COURSES[1][5:])], ACCOUNTING),
    "a further course": ("课程", [COURSES[0], ("会计", "A4", "税法", "专业", "3", "必修", "考试", "否")], ACCOUNTING),
    "a course's name": ("课程", [COURSES[0], (*COURSES[3][:2], "体育与健康", *COURSES[3][3:])], WITH_A_RESULT),
    "a unified exam": ("统考", [("教学计划", "统考科目"), ("会计", "大学英语B")], ACCOUNTING),
    "a substitution": ("课程替代", [("所修课程代码", "计入课程代码", "教学计划"), ("A3", "A1", "会计")], ACCOUNTING),
    "one for every plan": ("课程替代", [("所修课程代码", "计入课程代码"), ("A3", "A1")], EVERY_PLAN),
}


def accepted(name: str, rows: Rows, at: datetime = AT) -> ImportBatch:
    batch = receive_import(files=[(f"{name}.xlsx", workbook((name, rows)))], choices={}, by=SYSTEM, at=at)
    preview_import(batch.pk, settings=SETTINGS, by=SYSTEM, at=at)
    return accept_import(batch.pk, settings=SETTINGS, include_asked=True, by=SYSTEM, at=at)


def touched() -> list[str]:
    found = sorted(FactChange.objects.values_list("student__student_no", flat=True))
    FactChange.objects.all().delete()
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_whoever_is_concerned_is_to_be_audited_again(change: str) -> None:
    for name, rows in (("教学计划", PLANS), ("课程", COURSES), ("学生", PEOPLE), ("成绩", ATTEMPTS)):
        accepted(name, [*rows, ("法学", "70")] if rows is PLANS else rows)
    assert sorted(set(touched())) == ["2001", "2002", "2003", "2004"]
    name, rows, concerned = CHANGES[change]
    batch = accepted(name, rows)
    assert touched() == concerned
    undo_import(batch.pk, reason="传错了", by=SYSTEM, at=AT)
    assert touched() == concerned


@pytest.mark.django_db(transaction=True)
def test_a_partial_audit_sees_a_changed_plan(tmp_path: Path) -> None:
    school = audited_school(tmp_path)
    plan = Plan.objects.filter(students__isnull=False).order_by("code").first()
    assert plan is not None
    batch = accepted("教学计划", [PLANS[0], (plan.code, "999")], at=LATER - timedelta(minutes=30))
    plan.refresh_from_db()
    assert plan.total_credits == 9990
    partial, whole = school.audit_again(), run_audit(school.rules.pk, by=SYSTEM, at=LATER, now=LATER)
    assert partial.audited == Student.objects.filter(plan=plan).count()
    assert partial.digest == whole.digest != school.run.digest
    undo_import(batch.pk, reason="传错了", by=SYSTEM, at=LATER)
    again = run_audit(school.rules.pk, by=SYSTEM, at=LATER, now=LATER, base_id=partial.pk)
    assert (again.audited, again.digest) == (partial.audited, school.run.digest)
