"""代码: small closed lists that stand in tables as integers. Open lists (levels, modes, centres) belong to the school."""

from enum import IntEnum


class Mark(IntEnum):
    """成绩标记: how a result was given. NUMBER says that the score column holds it."""

    NUMBER = 0
    EXCELLENT = 1
    GOOD = 2
    MEDIUM = 3
    PASS = 4
    FAIL = 5
    QUALIFIED = 6
    UNQUALIFIED = 7
    ABSENT = 8
    POSTPONED = 9
    CHEATED = 10
    EXEMPT = 11


MARK_WORDS: dict[Mark, tuple[str, ...]] = {
    Mark.EXCELLENT: ("优", "优秀"),
    Mark.GOOD: ("良", "良好"),
    Mark.MEDIUM: ("中", "中等"),
    Mark.PASS: ("及格",),
    Mark.FAIL: ("不及格",),
    Mark.QUALIFIED: ("合格", "通过"),
    Mark.UNQUALIFIED: ("不合格", "不通过", "未通过"),
    Mark.ABSENT: ("缺考", "旷考"),
    Mark.POSTPONED: ("缓考",),
    Mark.CHEATED: ("作弊", "违纪", "舞弊"),
    Mark.EXEMPT: ("免修", "免考"),
}
PASSING_MARKS = (Mark.EXCELLENT, Mark.GOOD, Mark.MEDIUM, Mark.PASS, Mark.QUALIFIED, Mark.EXEMPT)


class Obtained(IntEnum):
    """取得方式: by what way a result was obtained."""

    FIRST = 0
    RESIT = 1
    RETAKE = 2
    EXEMPTION = 3
    SUBSTITUTE = 4
    RECOGNITION = 5


OBTAINED_WORDS: dict[Obtained, tuple[str, ...]] = {
    Obtained.FIRST: ("正考", "正常", "正常考试", "初修"),
    Obtained.RESIT: ("补考", "清考"),
    Obtained.RETAKE: ("重修", "重考"),
    Obtained.EXEMPTION: ("免修", "免考"),
    Obtained.SUBSTITUTE: ("替代", "课程替代"),
    Obtained.RECOGNITION: ("学分互认", "互认", "学分认定", "转入"),
}


class Kind(IntEnum):
    """课程性质."""

    REQUIRED = 0
    ELECTIVE = 1
    PRACTICE = 2
    THESIS = 3


KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.REQUIRED: ("必修", "必修课"),
    Kind.ELECTIVE: ("选修", "选修课", "限选", "任选"),
    Kind.PRACTICE: ("实践", "实践环节", "实习", "实验"),
    Kind.THESIS: ("毕业论文", "毕业设计", "论文", "毕业设计(论文)", "毕业论文(设计)"),
}


class Assessment(IntEnum):
    """考核方式: 考试 or 考查."""

    EXAMINED = 0
    ASSESSED = 1


ASSESSMENT_WORDS: dict[Assessment, tuple[str, ...]] = {
    Assessment.EXAMINED: ("考试", "考试课"),
    Assessment.ASSESSED: ("考查", "考察", "考查课"),
}


class Outcome(IntEnum):
    """统考结果: what became of one unified exam."""

    NOT_PASSED = 0
    PASSED = 1
    EXEMPT = 2
    ABSENT = 3


class Part(IntEnum):
    """数据范围: parts of the facts that arrive apart; bit numbers of the coverage mask.

    A student's missing row means "has none" only where the part was imported for that student; otherwise 待核实.
    """

    EXAMINED = 0
    ASSESSED = 1
    PRACTICE = 2
    THESIS = 3
    EXAMS = 4
    CERTIFICATES = 5
    FEES = 6
    SANCTIONS = 7
    FLAGS = 8
    PHOTOS = 9
    HISTORY = 10


GRADE_PARTS = (Part.EXAMINED, Part.ASSESSED, Part.PRACTICE, Part.THESIS)


def part_of(kind: Kind, assessment: Assessment) -> Part:
    """Which part a plan course's results arrive with."""
    if kind is Kind.THESIS:
        return Part.THESIS
    if kind is Kind.PRACTICE:
        return Part.PRACTICE
    return Part.ASSESSED if assessment is Assessment.ASSESSED else Part.EXAMINED


def words_of[E: IntEnum](table: dict[E, tuple[str, ...]]) -> dict[str, E]:
    """Every word of a list back to its code."""
    return {word: code for code, words in table.items() for word in words}
