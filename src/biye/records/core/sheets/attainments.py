"""成绩、统考、证书表: what students have attained."""

from dataclasses import dataclass
from functools import partial

from biye.foundation.amounts import HUNDREDTHS, scaled
from biye.foundation.codes import (
    ASSESSMENT_WORDS,
    KIND_WORDS,
    MARK_WORDS,
    OBTAINED_WORDS,
    Mark,
    Outcome,
    words_of,
)
from biye.machinery.exchange.core.columns import BadValue, ColumnSpec, Parser, SheetSpec
from biye.machinery.exchange.core.texts import clean, key, plain
from biye.machinery.exchange.core.values import choice, code, credits, day, limited, term, whole

NO_SCORE = -1
MOST = 100 * HUNDREDTHS
"""百分制: the highest score of the hundred-point scale."""

_MARKS = {key(word): mark for word, mark in words_of(MARK_WORDS).items()}
OUTCOMES: dict[str, Outcome] = {
    "未通过": Outcome.NOT_PASSED,
    "不通过": Outcome.NOT_PASSED,
    "不合格": Outcome.NOT_PASSED,
    "不及格": Outcome.NOT_PASSED,
    "未过": Outcome.NOT_PASSED,
    "通过": Outcome.PASSED,
    "合格": Outcome.PASSED,
    "及格": Outcome.PASSED,
    "已通过": Outcome.PASSED,
    "免考": Outcome.EXEMPT,
    "免试": Outcome.EXEMPT,
    "免修": Outcome.EXEMPT,
    "缺考": Outcome.ABSENT,
    "旷考": Outcome.ABSENT,
}


@dataclass(frozen=True, slots=True)
class Grade:
    """成绩: a score in hundredths, or a mark in words."""

    score: int
    mark: Mark


def grade(text: str, most: int = MOST) -> Grade:
    """A number from nothing to the highest score with at most two places, or one of the words."""
    folded = plain(text).removesuffix("分")
    if mark := _MARKS.get(key(folded)):
        return Grade(NO_SCORE, mark)
    try:
        score = scaled(folded, HUNDREDTHS)
    except ValueError:
        raise BadValue("not_a_grade") from None
    if not 0 <= score <= most:
        raise BadValue("grade_out_of_range", most=most // HUNDREDTHS)
    return Grade(score, Mark.NUMBER)


def score(text: str, most: int = 1000) -> int:
    """A plain score of some examination, up to so many points."""
    try:
        found = scaled(plain(text).removesuffix("分"), HUNDREDTHS)
    except ValueError:
        raise BadValue("not_a_score") from None
    if not 0 <= found <= most * HUNDREDTHS:
        raise BadValue("not_a_score")
    return found


def outcome_or_score(most: int) -> Parser:
    """统考成绩: words as an outcome, numbers as a score whose pass mark is somebody else's to say."""

    def parse(text: str) -> tuple[Outcome | None, int]:
        if (found := OUTCOMES.get(text)) is not None:
            return found, NO_SCORE
        return None, score(text, most)

    return parse


_STUDENT_NO = ColumnSpec(
    "student_no", "学号", ("学生学号", "学员号", "XH"), limited(40, code), True, example="2020030101001"
)
_NAME = ColumnSpec(
    "name", "姓名", ("学生姓名", "学员姓名", "XM"), limited(80, clean), accepts="只用来核对", example="王小明"
)
STUDENT = (_STUDENT_NO, _NAME)

_MARK_WORDS = "0–100 的数字（至多两位小数），或 优秀 良好 中等 及格 不及格、合格 不合格、缺考 缓考 作弊 免修"
_again = partial(ColumnSpec, parse=grade, accepts=_MARK_WORDS)

GRADES = SheetSpec(
    kind="grades",
    label="成绩",
    columns=(
        *STUDENT,
        ColumnSpec(
            "course_code",
            "课程代码",
            ("课程编码", "课程编号", "课程号", "KCDM", "KCH"),
            limited(40, code),
            example="A001",
        ),
        ColumnSpec(
            "course_name",
            "课程名称",
            ("课程", "考试课程", "考试科目", "科目名称", "KCMC"),
            limited(120, clean),
            example="大学英语",
        ),
        ColumnSpec(
            "grade",
            "成绩",
            (
                "总评成绩",
                "总成绩",
                "最终成绩",
                "考试成绩",
                "考查成绩",
                "课程成绩",
                "分数",
                "论文成绩",
                "毕业论文成绩",
                "毕业设计成绩",
                "CJ",
            ),
            grade,
            accepts=_MARK_WORDS,
            example="78.5",
        ),
        _again("resit", "补考成绩", ("补考",), example=""),
        _again("retake", "重修成绩", ("重修",), example=""),
        ColumnSpec(
            "obtained",
            "取得方式",
            ("考试性质", "考试类型", "成绩性质", "修读方式", "修读类型", "KSXZ"),
            choice(words_of(OBTAINED_WORDS), "not_a_way"),
            accepts="正考、补考、重修、免修、替代、学分互认；空白＝正考",
            example="正考",
        ),
        ColumnSpec(
            "term",
            "学期",
            ("考试学期", "修读学期", "开课学期", "学年学期", "考试时间", "考试批次", "成绩学期"),
            term,
            accepts="2020春、2020秋、202003",
            example="2020春",
        ),
        ColumnSpec(
            "sequence",
            "次序",
            ("考试次数", "第几次", "次数"),
            whole(1, 99),
            accepts="同一学期第几次，空白＝1",
            example="1",
        ),
        ColumnSpec("credits", "学分", ("课程学分", "XF"), credits, accepts="只用来与教学计划核对", example="4"),
        ColumnSpec(
            "kind",
            "课程性质",
            ("修读性质", "课程属性", "课程类型", "KCXZ"),
            choice(words_of(KIND_WORDS), "not_a_course_kind"),
            accepts="只用来与教学计划核对",
            example="必修",
        ),
        ColumnSpec(
            "assessment",
            "考核方式",
            ("考核形式", "考试方式", "考核类型", "KHFS"),
            choice(words_of(ASSESSMENT_WORDS), "not_an_assessment"),
            accepts="只用来与教学计划核对",
            example="考试",
        ),
        ColumnSpec(
            "title",
            "论文题目",
            ("毕业论文题目", "设计题目", "题目"),
            limited(200, clean),
            accepts="只用来认出论文成绩表",
        ),
    ),
    needs=(("student_no",), ("course_code", "course_name", "title"), ("grade",)),
    hints=("成绩", "考试课", "考查课", "论文", "设计", "实践", "grade"),
)

EXAMS = SheetSpec(
    kind="exams",
    label="统考",
    columns=(
        *STUDENT,
        ColumnSpec(
            "subject",
            "统考科目",
            ("科目", "考试科目", "统考课程", "科目名称"),
            limited(60, clean),
            True,
            example="大学英语B",
        ),
        ColumnSpec(
            "outcome",
            "结果",
            ("统考结果", "是否通过", "通过情况", "统考状态", "统考情况"),
            choice(OUTCOMES | {"是": Outcome.PASSED, "否": Outcome.NOT_PASSED}, "not_an_outcome"),
            accepts="通过、未通过、免考、缺考",
            example="通过",
        ),
        ColumnSpec(
            "score",
            "成绩",
            ("统考成绩", "分数", "考试成绩"),
            outcome_or_score(300),
            accepts="数字，或与“结果”相同的文字",
            example="65",
        ),
        ColumnSpec(
            "reason", "免考原因", ("免考理由", "免考依据", "免试原因"), limited(80, clean), example="年满 40 周岁"
        ),
    ),
    needs=(("student_no",), ("subject",), ("outcome", "score")),
    hints=("统考", "exam"),
)

CERTIFICATES = SheetSpec(
    kind="certificates",
    label="证书",
    columns=(
        *STUDENT,
        ColumnSpec(
            "kind",
            "证书类型",
            ("证书种类", "证书名称", "外语考试名称", "外语证书", "考试名称", "外语考试类型"),
            limited(60, clean),
            True,
            example="学位英语",
        ),
        ColumnSpec(
            "score",
            "成绩",
            ("证书成绩", "分数", "考试成绩", "外语成绩"),
            outcome_or_score(1000),
            accepts="数字，或 通过、合格",
            example="72",
        ),
        ColumnSpec(
            "obtained_on",
            "取得日期",
            ("取得时间", "考试日期", "发证日期", "考试时间", "获得日期"),
            day,
            accepts="日期",
            example="2021-11-20",
        ),
    ),
    needs=(("student_no",), ("kind",)),
    hints=("证书", "学位英语", "外语", "英语", "certificate"),
)
