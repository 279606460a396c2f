"""变动的告知: a line for what moved, none for what stayed."""

from dataclasses import replace

from biye.audit.core.explain.shapes import BookConclusion, ExamLine, Explanation, Finding
from biye.casework.core.told import Told, what_changed
from biye.foundation.verdicts import Truth, Verdict

CREDITS = Finding(
    "credits", "g", "学分", Verdict.NOT_MET, "76.0", "80.0", "通知二.1", "", "", "", "学分不足", "学分不足。"
)
BEFORE = Explanation(
    student_no="1",
    name="林晓",
    candidate=Truth.TRUE,
    why_not="",
    conclusions=(BookConclusion("g", "审查结论", "暂不符合毕业条件", False), BookConclusion("d", "学位", None, False)),
    findings=(CREDITS,),
    routes=(),
    earned=760,
    asked=800,
    exams=(ExamLine("大学英语B", "尚无成绩", "", Truth.UNKNOWN),),
)


def test_nothing_moved_nothing_told() -> None:
    assert what_changed(BEFORE, BEFORE) == ()


def test_every_line_that_moved_is_told_in_both_wordings() -> None:
    after = replace(
        BEFORE,
        conclusions=(BookConclusion("g", "审查结论", "学分审核通过", True), BEFORE.conclusions[1]),
        findings=(replace(CREDITS, verdict=Verdict.MET, text="已修 80.0"),),
        earned=800,
        exams=(replace(BEFORE.exams[0], state="合格"),),
    )
    assert what_changed(BEFORE, after) == (
        Told("审查结论", "暂不符合毕业条件", "学分审核通过"),
        Told("学分", "76.0 / 80.0", "80.0 / 80.0"),
        Told("统考「大学英语B」", "尚无成绩", "合格"),
        Told("「学分」", "不符合，学分不足", "符合，已修 80.0"),
    )


def test_what_came_and_what_went_is_told_too() -> None:
    after = replace(BEFORE, exams=(), asked=-1)
    assert what_changed(BEFORE, after) == (Told("学分", "76.0 / 80.0", ""), Told("统考「大学英语B」", "尚无成绩", ""))
    assert what_changed(after, BEFORE)[0] == Told("学分", "", "76.0 / 80.0")
    decided = replace(BEFORE, conclusions=(BEFORE.conclusions[0], BookConclusion("d", "学位", "符合", True)))
    assert what_changed(BEFORE, decided) == (Told("学位", "尚不能得出结论", "符合"),)
