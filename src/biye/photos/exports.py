"""照片导出: the retake list, the report of an upload and what a comparison found, as sheets."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from biye.accounts.core.asker import Asker
from biye.foundation.moments import CHINA
from biye.machinery.exchange.core.writer import Page
from biye.photos.actions.receiving import Received
from biye.photos.core import sentences
from biye.photos.core.answers import Answer
from biye.photos.queries.cohorts import Suspicions
from biye.photos.queries.remarks import remarks_of
from biye.photos.queries.retakes import retakes
from biye.photos.queries.students import Ids
from biye.records.models.student import Student

RETAKE_HEADINGS = ("站点", "学号", "姓名", "联系电话", "照片状态", "原因", "导出")
REPORT_HEADINGS = ("文件", "学号", "姓名", "站点", "结论", "不合格", "需人工看", "未收的原因")
NOT_TAKEN = "未收"
# A page shows so many of the files that were not taken; the sheet has all.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Report:
    """成批上传的报告: a row a photo, and counts by centre and answer."""

    rows: list[tuple[str, ...]]
    centres: dict[str, Counter[str]]
    answers: list[str]

    @property
    def pages(self) -> list[Page]:
        """As sheets."""
        totals: list[tuple[str | int, ...]] = [
            (centre, *(counted[answer] for answer in self.answers)) for centre, counted in self.centres.items()
        ]
        return [Page("照片", REPORT_HEADINGS, self.rows), Page("按站点", ("站点", *self.answers), totals)]

    @property
    def summary(self) -> dict[str, Any]:
        """As a page shows it."""
        not_taken = [row for row in self.rows if row[4] == NOT_TAKEN]
        return {
            "taken": len(self.rows) - len(not_taken),
            "left": len(not_taken),
            "answers": self.answers,
            "centres": [
                [centre, [counted[answer] for answer in self.answers]] for centre, counted in self.centres.items()
            ],
            "not_taken": [[row[0], row[1], row[-1]] for row in not_taken[:SHOWN]],
        }


def retake_page(asker: Asker, at: datetime, *, centre_id: int | None = None, among: Ids = None) -> Page:
    """补拍重拍名单 within the asker's scope; every row says who took it and when."""
    taken = f"{asker.name} {at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    rows = [
        (one.centre, one.student_no, one.name, one.telephone, one.state.chinese, "；".join(one.reasons), taken)
        for one in retakes(asker, centre_id=centre_id, among=among)
    ]
    return Page("补拍重拍名单", RETAKE_HEADINGS, rows)


def report_of(received: Sequence[Received]) -> Report:
    """What became of an upload."""
    students = _students(one.student_no for one in received)
    rows: list[tuple[str, ...]] = []
    centres: dict[str, Counter[str]] = {}
    for one in received:
        name, centre = students.get(one.student_no, ("", ""))
        answer = NOT_TAKEN if one.photo is None else Answer(one.photo.answer).chinese if one.photo.answer else "已收"
        centres.setdefault(centre or "（没有对应的学生）", Counter())[answer] += 1
        rows.append((one.shown, one.student_no, name, centre, answer, *_found(one)))
    answers = sorted({answer for counted in centres.values() for answer in counted})
    return Report(rows, dict(sorted(centres.items())), answers)


def suspicion_pages(found: Suspicions) -> list[Page]:
    """全体比对的结果: what a person has to look at."""
    names = _names(found)
    swapped: list[tuple[str | float | None, ...]] = [
        (one.student, names.get(one.student), one.other, names.get(one.other), one.score / 1000, _share(one.own))
        for one in found.swapped
    ]
    repeated = [
        (_alike(is_same_file=one.is_same_file), one.one, names.get(one.one), one.other, names.get(one.other))
        for one in found.repeated
    ]
    headings = ("学号", "姓名", "更像的另一人学号", "另一人姓名", "与另一人", "与本人的录取照片")
    return [
        Page("疑似放错", headings, swapped),
        Page("疑似同一人", ("情形", "学号", "姓名", "另一学号", "另一人姓名"), repeated),
        Page("没有找到人脸", ("学号",), [(number,) for number in found.faceless]),
    ]


def suspicion_summary(found: Suspicions) -> dict[str, Any]:
    """The same as a page shows it: counts, and the plainest of each kind."""
    return {
        "swapped": len(found.swapped),
        "repeated": len(found.repeated),
        "faceless": len(found.faceless),
        "swapped_pairs": [[one.student, one.other, one.score, one.own] for one in found.swapped[:SHOWN]],
        "repeated_pairs": [[one.one, one.other, one.score, one.is_same_file] for one in found.repeated[:SHOWN]],
        "faceless_students": found.faceless[:SHOWN],
    }


def _alike(*, is_same_file: bool) -> str:
    return "同一文件" if is_same_file else "同一张脸"


def _share(score: int | None) -> float | None:
    return None if score is None else score / 1000


def _found(one: Received) -> tuple[str, str, str]:
    if one.photo is None:
        return "", "", "".join(map(sentences.refusal, one.reasons))
    remarks = remarks_of(one.photo)
    failed = [remark.label for remark in remarks if remark.answer is Answer.FAIL]
    looked = [remark.label for remark in remarks if remark.answer is Answer.REVIEW]
    return "、".join(failed), "、".join(looked), ""


def _names(found: Suspicions) -> dict[str, str]:
    numbers = [number for better in found.swapped for number in (better.student, better.other)]
    numbers += [number for alike in found.repeated for number in (alike.one, alike.other)]
    return {number: name for number, (name, _) in _students(numbers).items()}


def _students(numbers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """学号 → name and centre."""
    wanted = sorted(set(numbers))
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(wanted), 500):
        part = Student.objects.filter(student_no__in=wanted[start : start + 500]).select_related("centre")
        found |= {one.student_no: (one.name, one.centre.name if one.centre else "") for one in part}
    return found
