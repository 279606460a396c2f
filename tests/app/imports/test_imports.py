"""Imports end to end on a real database: what is looked at, written, repeated and taken back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from biye.foundation.actor import SYSTEM
from biye.foundation.codes import GRADE_PARTS, Part
from biye.foundation.errors import Refused
from biye.foundation.moments import CHINA
from biye.machinery.exchange.models.batch import ImportBatch
from biye.machinery.ledger.models.entry import Entry
from biye.records.actions.import_undoing import undo_import
from biye.records.actions.imports import accept_import, preview_import, receive_import
from biye.records.core.sheets.settings import SheetSettings
from biye.records.models.centre import Centre
from biye.records.models.course import Course
from biye.records.models.facts import FactChange, Result, Sanction
from biye.records.models.plan import Plan, PlanCourse, PlanModule
from biye.records.models.student import Student
from tests.workbooks import GRADES, STUDENTS, school_files, text_file, workbook

pytestmark = pytest.mark.django_db
AT = datetime(2022, 5, 1, 9, 0, tzinfo=CHINA)
SETTINGS = SheetSettings()
ALL_GRADES = sum(1 << part for part in GRADE_PARTS)


def received(files: list[tuple[str, bytes]]) -> int:
    return receive_import(files=files, choices={}, by=SYSTEM, at=AT).pk


def previewed(files: list[tuple[str, bytes]]) -> ImportBatch:
    return preview_import(received(files), settings=SETTINGS, by=SYSTEM, at=AT)


def accepted(files: list[tuple[str, bytes]], *, include_asked: bool = False, at: datetime = AT) -> ImportBatch:
    batch = previewed(files)
    return accept_import(batch.pk, settings=SETTINGS, include_asked=include_asked, by=SYSTEM, at=at)


def everything() -> dict[str, list[Any]]:
    models = (Centre, Course, Plan, PlanModule, PlanCourse, Student, Result, Sanction)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def codes(batch: ImportBatch) -> list[str]:
    return [problem["code"] for problem in batch.problems if problem["severity"] != "note"]


def test_a_preview_counts_and_writes_nothing() -> None:
    batch = previewed(school_files())
    assert codes(batch) == []
    assert batch.counts["tables"]["students"] == {"new": 3, "changed": 0, "unchanged": 0}
    assert batch.counts["tables"]["results"] == {"new": 4, "changed": 0, "unchanged": 0}
    assert batch.counts["tables"]["plan_courses"] == {"new": 4, "changed": 0, "unchanged": 0}
    assert everything() == {name: [] for name in everything()}


def test_an_accepted_import_stands_in_the_tables() -> None:
    batch = accepted(school_files())
    student = Student.objects.get(student_no="2001")
    assert (student.name, student.sex, student.entry, student.batch_id) == ("张三", 1, 4040, batch.pk)
    assert student.centre is not None
    assert student.centre.name == "河东"
    assert student.plan is not None
    assert (student.plan.code, student.plan.total_credits) == ("会计", 800)
    assert list(
        Result.objects.filter(student=student)
        .order_by("course__code")
        .values_list("course__code", "score", "mark", "term")
    ) == [("A1", 7850, 0, 4041), ("A2", -1, 1, 4041)]
    assert student.covered == ALL_GRADES
    assert Student.objects.get(student_no="2003").covered == 0
    slot = PlanCourse.objects.get(course__code="A2")
    assert (slot.credits, slot.kind, slot.assessment, slot.is_core) == (45, 0, 0, True)
    assert slot.module is not None
    assert slot.module.code == "专业"


def test_every_step_leaves_a_ledger_entry() -> None:
    batch = accepted(school_files())
    undo_import(batch.pk, reason="传错了", by=SYSTEM, at=AT)
    actions = Entry.objects.filter(subject=f"import:{batch.pk}").order_by("id").values_list("action", flat=True)
    assert list(actions) == ["receive_import", "preview_import", "accept_import", "undo_import"]


def test_the_same_sheets_again_change_nothing() -> None:
    accepted(school_files())
    before = everything()
    FactChange.objects.all().delete()
    batch = accepted(school_files())
    assert {(counts["new"], counts["changed"]) for counts in batch.counts["tables"].values()} == {(0, 0)}
    assert everything() == before
    assert FactChange.objects.count() == 0


def test_a_changed_grade_is_one_change_and_touches_one_student() -> None:
    accepted(school_files())
    FactChange.objects.all().delete()
    rows = [*GRADES[:3], ("2002", "李四", "A1", "61", "2020秋"), *GRADES[4:]]
    batch = accepted([("成绩.xlsx", workbook(("成绩", rows)))])
    assert batch.counts["tables"]["results"] == {"new": 0, "changed": 1, "unchanged": 3}
    assert list(FactChange.objects.values_list("student__student_no", flat=True)) == ["2002"]
    assert Result.objects.get(student__student_no="2002", course__code="A1").score == 6100


def test_blank_cells_leave_what_is_known() -> None:
    accepted(school_files())
    batch = accepted([("学生.csv", text_file([("学号", "姓名", "层次", "学籍状态"), ("2001", "张三", "", "休学")]))])
    assert batch.counts["tables"]["students"] == {"new": 0, "changed": 1, "unchanged": 0}
    student = Student.objects.get(student_no="2001")
    assert (student.level, student.status, student.entry) == ("专升本", "休学", 4040)


def test_good_rows_go_in_and_bad_ones_come_back_as_a_sheet_to_mend() -> None:
    accepted(school_files()[:2])
    batch = accepted([("成绩.xlsx", workbook(("成绩", [*GRADES, ("2001", "张三", "A3", "九十", "2021春")])))])
    assert Result.objects.count() == 4
    assert codes(batch) == ["not_a_grade"]
    assert Student.objects.get(student_no="2001").covered == ALL_GRADES & ~(1 << Part.ASSESSED)
    with batch.mend.open("rb") as stream:
        mended = stream.read()
    again = accepted([("待改.xlsx", mended)])
    assert codes(again) == ["not_a_grade"]
    assert again.counts["tables"].get("results", {"new": 0}) == {"new": 0}


def test_doubtful_rows_wait_for_a_yes() -> None:
    rows = [*STUDENTS[:2], ("2002", "李四", "男", *STUDENTS[2][3:]), STUDENTS[3]]
    files = [("学生.xlsx", workbook(("学生", rows))), *school_files()[1:]]
    held = accepted(files)
    assert codes(held) == ["student_refused", "sex_differs"]
    assert sorted(Student.objects.values_list("student_no", flat=True)) == ["2001", "2003"]
    accepted(files, include_asked=True)
    assert sorted(Student.objects.values_list("student_no", flat=True)) == ["2001", "2002", "2003"]
    assert Result.objects.count() == 4


def test_undo_takes_everything_back() -> None:
    batch = accepted(school_files())
    undone = undo_import(batch.pk, reason="传错了", by=SYSTEM, at=AT)
    assert undone.state == ImportBatch.State.UNDONE
    assert everything() == {name: [] for name in everything()}


def test_undo_restores_what_a_second_import_changed() -> None:
    accepted(school_files())
    before = everything()
    rows = [*GRADES[:3], ("2002", "李四", "A1", "61", "2020秋"), ("2003", "王五", "A1", "70", "2020秋")]
    second = accepted([("成绩.xlsx", workbook(("成绩", rows)))])
    assert everything() != before
    FactChange.objects.all().delete()
    undo_import(second.pk, reason="传错了", by=SYSTEM, at=AT + timedelta(hours=1))
    assert everything() == before
    assert sorted(FactChange.objects.values_list("student__student_no", flat=True)) == ["2002", "2003"]


def test_undo_is_refused_once_something_stands_on_it() -> None:
    first = accepted(school_files()[:2])
    accepted(school_files()[2:])
    with pytest.raises(Refused) as refused:
        undo_import(first.pk, reason="传错了", by=SYSTEM, at=AT)
    assert [(reason.code, reason.details) for reason in refused.value.reasons] == [
        ("import_built_upon", {"by": "成绩"}),
    ]
    assert Student.objects.count() == 3


def test_imports_of_one_kind_are_undone_last_first() -> None:
    accepted(school_files())
    second = accepted([("成绩.xlsx", workbook(("成绩", [GRADES[0], ("2003", "王五", "A1", "70", "2020秋")])))])
    third = accepted([("成绩.xlsx", workbook(("成绩", [GRADES[0], ("2003", "王五", "A2", "71", "2020秋")])))])
    with pytest.raises(Refused) as refused:
        undo_import(second.pk, reason="传错了", by=SYSTEM, at=AT)
    assert [(reason.code, reason.details) for reason in refused.value.reasons] == [
        ("import_followed", {"batch": third.pk})
    ]
    undo_import(third.pk, reason="传错了", by=SYSTEM, at=AT)
    undo_import(second.pk, reason="传错了", by=SYSTEM, at=AT)
    assert Result.objects.count() == 4


def test_undo_is_refused_after_a_row_was_changed_by_hand() -> None:
    batch = accepted(school_files())
    Result.objects.filter(student__student_no="2001", course__code="A1").update(score=9000, batch_id=None)
    with pytest.raises(Refused) as refused:
        undo_import(batch.pk, reason="传错了", by=SYSTEM, at=AT)
    assert [reason.code for reason in refused.value.reasons] == [
        "import_changed_since",
        "import_built_upon",
    ]


def test_a_complete_sheet_speaks_for_everyone() -> None:
    accepted(school_files())
    batch = accepted(
        [("处分.xlsx", workbook(("处分", [("学号", "处分类型", "处分日期"), ("2001", "记过", "2021-05-10")])))]
    )
    bit = 1 << Part.SANCTIONS
    assert [student.covered & bit for student in Student.objects.order_by("student_no")] == [bit, bit, bit]
    undo_import(batch.pk, reason="传错了", by=SYSTEM, at=AT)
    assert [student.covered & bit for student in Student.objects.order_by("student_no")] == [0, 0, 0]
    assert Sanction.objects.count() == 0


def test_an_import_is_accepted_once_and_only_after_a_look() -> None:
    batch_id = received(school_files())
    with pytest.raises(Refused) as refused:
        accept_import(batch_id, settings=SETTINGS, include_asked=False, by=SYSTEM, at=AT)
    assert [reason.code for reason in refused.value.reasons] == ["import_not_checked"]
    preview_import(batch_id, settings=SETTINGS, by=SYSTEM, at=AT)
    accept_import(batch_id, settings=SETTINGS, include_asked=False, by=SYSTEM, at=AT)
    with pytest.raises(Refused) as refused:
        accept_import(batch_id, settings=SETTINGS, include_asked=False, by=SYSTEM, at=AT)
    assert [reason.code for reason in refused.value.reasons] == ["import_is_over"]


def test_files_are_refused_by_name_and_count() -> None:
    with pytest.raises(Refused) as refused:
        received([("a.csv", b"1"), ("a.csv", b"2")])
    assert [reason.code for reason in refused.value.reasons] == ["import_name_twice"]
    with pytest.raises(Refused) as refused:
        received([])
    assert [reason.code for reason in refused.value.reasons] == ["import_without_files"]
