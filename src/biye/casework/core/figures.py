"""更正的数值: what an officer enters when an objection is right, read into what the record keeps."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from biye.casework.core.evidence import day_of
from biye.casework.core.fields import BIRTH, SEX, SEXES
from biye.foundation.amounts import HUNDREDTHS, score
from biye.foundation.codes import MARK_WORDS, OBTAINED_WORDS, Mark, Obtained, Outcome, words_of
from biye.foundation.terms import UNKNOWN_TERM, term

NO_SCORE = -1
_FULL = 100 * HUNDREDTHS
_MARKS = words_of(MARK_WORDS)
OUTCOMES = {Outcome.PASSED: "合格", Outcome.EXEMPT: "免考", Outcome.NOT_PASSED: "未通过", Outcome.ABSENT: "缺考"}
_OUTCOMES = {word: outcome for outcome, word in OUTCOMES.items()}
_WAYS = words_of(OBTAINED_WORDS)
OBTAINED = {way: words[0] for way, words in OBTAINED_WORDS.items()}
COLUMNS = {
    "考生号": "exam_no",
    "层次": "level",
    "学习形式": "mode",
    "专业": "major",
    "班级": "class_name",
    "学籍状态": "status",
    "证件类型": "identity_type",
    "姓名": "name",
    "民族": "ethnicity",
    "性别": "sex",
    "出生日期": "birth_date",
}
"""Fields that an objection can put right by itself."""


@dataclass(frozen=True, slots=True)
class ResultFigure:
    """成绩: one attempt at a course."""

    score: int
    mark: Mark
    term: int
    obtained: Obtained


@dataclass(frozen=True, slots=True)
class ExamFigure:
    """统考成绩."""

    outcome: Outcome
    score: int
    exemption: str


@dataclass(frozen=True, slots=True)
class FieldFigure:
    """学籍栏目: what a field should say, as people write it."""

    text: str


@dataclass(frozen=True, slots=True)
class FeeFigure:
    """已交费用, in cents."""

    paid: int


Figure = ResultFigure | ExamFigure | FieldFigure | FeeFigure


def result_figure(grade: str, when: str, way: str) -> ResultFigure:
    """ "85" or "良", in "2021秋", by "正考". Raises ValueError with what cannot be read."""
    mark = _MARKS.get(grade.strip())
    number = NO_SCORE if mark is not None else _score(grade)
    obtained = _WAYS.get(way.strip() or OBTAINED[Obtained.FIRST])
    if obtained is None:
        raise ValueError(f"“{way}”不是取得方式")
    return ResultFigure(number, mark or Mark.NUMBER, _term(when), obtained)


def exam_figure(outcome: str, grade: str, exemption: str) -> ExamFigure:
    """ "合格" with a grade where there is one; 免考 says why. Raises ValueError with what cannot be read."""
    found = _OUTCOMES.get(outcome.strip())
    if found is None:
        raise ValueError("请选择统考结果")
    if found is Outcome.EXEMPT and not exemption.strip():
        raise ValueError("免考须写明原因")
    number = _score(grade) if grade.strip() else NO_SCORE
    return ExamFigure(found, number, exemption.strip() if found is Outcome.EXEMPT else "")


def field_figure(label: str, text: str) -> FieldFigure:
    """A field of the record by its label. Raises ValueError where an objection cannot put it right, or not so."""
    if label not in COLUMNS:
        raise ValueError(f"「{label}」不能在这里更正，请导入更正后的表格")
    if not text.strip():
        raise ValueError("请写更正后的内容")
    if not typed(label, text.strip()):
        raise ValueError(f"“{text}”不能作为{label}")
    return FieldFigure(text.strip())


def typed(label: str, text: str) -> str | int | date | None:
    """What the record keeps of a field that people write so; nought or None where it says nothing."""
    if label == SEX:
        return next((code for code, word in SEXES.items() if word == text), 0)
    return day_of(text) if label == BIRTH else text


def fee_figure(yuan: str) -> FeeFigure:
    """ "1200.50" yuan. Raises ValueError with what cannot be read."""
    try:
        cents = Decimal(yuan.strip()) * 100
    except InvalidOperation:
        raise ValueError(f"“{yuan}”不是金额") from None
    if not cents.is_finite() or cents < 0 or cents != cents.to_integral_value() or cents > 10**10:
        raise ValueError(f"“{yuan}”不是金额")
    return FeeFigure(int(cents))


def _term(text: str) -> int:
    if not text.strip():
        return UNKNOWN_TERM
    try:
        return term(text)
    except ValueError:
        raise ValueError(f"“{text}”不是学期，请写成 2021秋") from None


def _score(text: str) -> int:
    try:
        found = score(text)
    except ValueError:
        raise ValueError(f"“{text}”不是成绩") from None
    if not 0 <= found <= _FULL:
        raise ValueError(f"“{text}”不在 0 至 100 之间")
    return found


def show_figure(figure: Figure) -> str:
    """A figure as people write it."""
    match figure:
        case ResultFigure():
            grade = MARK_WORDS[figure.mark][0] if figure.mark else f"{Decimal(figure.score) / HUNDREDTHS:f}"
            return f"{grade}（{OBTAINED[figure.obtained]}）"
        case ExamFigure():
            said = OUTCOMES[figure.outcome] + (f"（{figure.exemption}）" if figure.exemption else "")
            return said if figure.score == NO_SCORE else f"{said} {Decimal(figure.score) / HUNDREDTHS:f}"
        case FieldFigure():
            return figure.text
        case FeeFigure():
            return f"已交 {Decimal(figure.paid) / 100:.2f} 元"
