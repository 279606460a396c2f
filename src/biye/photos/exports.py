"""照片导出: the retake list and the report of an upload, as sheets."""

from collections import Counter
from collections.abc import Iterable, Sequence

from biye.accounts.core.asker import Asker
from biye.machinery.exchange.core.writer import Page
from biye.photos.actions.receiving import Received
from biye.photos.core import sentences
from biye.photos.core.answers import Answer
from biye.photos.queries.cohorts import Suspicions
from biye.photos.queries.desk import retakes
from biye.photos.queries.remarks import remarks_of
from biye.records.models.student import Student

RETAKE_HEADINGS = ("学习中心", "学号", "姓名", "联系电话", "照片状态", "原因")
REPORT_HEADINGS = ("文件", "学号", "姓名", "学习中心", "结论", "不合格", "需人工看", "未收的原因")


def retake_page(asker: Asker, centre_code: str = "") -> Page:
    """补拍重拍名单 within the asker's scope."""
    rows = [
        (one.centre, one.student_no, one.name, one.telephone, one.state.chinese, "；".join(one.reasons))
        for one in retakes(asker, centre_code=centre_code)
    ]
    return Page("补拍重拍名单", RETAKE_HEADINGS, rows)


def report_pages(received: Sequence[Received]) -> list[Page]:
    """成批上传的报告: a row a photo, and the counts of each centre."""
    students = _students(one.student_no for one in received)
    rows: list[tuple[str, ...]] = []
    centres: dict[str, Counter[str]] = {}
    for one in received:
        name, centre = students.get(one.student_no, ("", ""))
        answer = "未收" if one.photo is None else Answer(one.photo.answer).chinese if one.photo.answer else "已收"
        centres.setdefault(centre, Counter())[answer] += 1
        rows.append((one.shown, one.student_no, name, centre, answer, *_found(one)))
    answers = sorted({answer for counted in centres.values() for answer in counted})
    totals: list[tuple[str | int, ...]] = [
        (centre, *(counted[answer] for answer in answers)) for centre, counted in sorted(centres.items())
    ]
    return [Page("照片", REPORT_HEADINGS, rows), Page("按学习中心", ("学习中心", *answers), totals)]


def suspicion_pages(found: Suspicions) -> list[Page]:
    """全体比对的结果: what a person has to look at."""
    numbers = [number for better in found.swapped for number in (better.student, better.other)]
    numbers += [number for alike in found.repeated for number in (alike.one, alike.other)]
    names = _students(numbers)

    def name(number: str) -> str:
        return names.get(number, ("", ""))[0]

    swapped: list[tuple[str | float | None, ...]] = [
        (one.student, name(one.student), one.other, name(one.other), one.score / 1000, _share(one.own))
        for one in found.swapped
    ]
    repeated = [
        ("同一文件" if one.is_same_file else "同一张脸", one.one, name(one.one), one.other, name(one.other))
        for one in found.repeated
    ]
    headings = ("学号", "姓名", "更像的另一人学号", "另一人姓名", "与另一人", "与本人的录取照片")
    return [
        Page("疑似放错", headings, swapped),
        Page("疑似同一人", ("情形", "学号", "姓名", "另一学号", "另一人姓名"), repeated),
        Page("没有找到人脸", ("学号",), [(number,) for number in found.faceless]),
    ]


def _share(score: int | None) -> float | None:
    return None if score is None else score / 1000


def _found(one: Received) -> tuple[str, str, str]:
    if one.photo is None:
        return "", "", "".join(map(sentences.refusal, one.reasons))
    remarks = remarks_of(one.photo)
    failed = [remark.label for remark in remarks if remark.answer is Answer.FAIL]
    looked = [remark.label for remark in remarks if remark.answer is Answer.REVIEW]
    return "、".join(failed), "、".join(looked), ""


def _students(numbers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """学号 → name and centre."""
    found = Student.objects.filter(student_no__in=set(numbers)).select_related("centre")
    return {one.student_no: (one.name, one.centre.name if one.centre else "") for one in found}
