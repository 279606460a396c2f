"""案例: facts of an invented student as people write them in `cases/*.yaml`, and what they expect the audit to say.

What a case does not say of a person is unknown; a part of the records it does not mention was imported and is empty,
unless `not_imported` names it.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from biye.foundation.amounts import credits as tenths
from biye.foundation.codes import MARK_WORDS, Mark, Part, words_of
from biye.seasons.core.shapes import Also, Moment, Score, Source, Strict, Term, Words

PART_WORDS: dict[str, Part] = {
    "考试": Part.EXAMINED,
    "考查": Part.ASSESSED,
    "实践": Part.PRACTICE,
    "毕业论文": Part.THESIS,
    "统考": Part.EXAMS,
    "证书": Part.CERTIFICATES,
    "交费": Part.FEES,
    "处分": Part.SANCTIONS,
    "标记": Part.FLAGS,
    "照片": Part.PHOTOS,
    "往季": Part.HISTORY,
}
MARKS = words_of(MARK_WORDS)


def _tenths(value: Any) -> int:
    try:
        return tenths(value)
    except ValueError as error:
        raise PydanticCustomError("not_credits", "not an amount of credits") from error


def _in_credits(value: Any) -> Any:
    return {"credits": value} if isinstance(value, str | int) else value


def _attempts(value: Any) -> Any:
    listed = value if isinstance(value, list | tuple) else [value]
    return [{"grade": one} if isinstance(one, str | int) else one for one in listed]


def _grade(value: Any) -> Any:
    """A score or one of the words; kept as text."""
    if str(value) in MARKS or str(value).replace(".", "", 1).isdigit():
        return str(value)
    raise PydanticCustomError("not_a_grade", "neither a score nor a word")


def _exam(value: Any) -> Any:
    """「免考：年满40周岁」is an outcome and its reason."""
    if not isinstance(value, str):
        return value
    outcome, _, reason = value.partition("：")
    return {"outcome": outcome, "reason": reason or None}


Credits = Annotated[int, BeforeValidator(_tenths), WithJsonSchema({"type": "number", "minimum": 0})]
KindWord = Literal["必修", "选修", "实践", "毕业论文"]
AssessmentWord = Literal["考试", "考查"]
ObtainedWord = Literal["正考", "补考", "重修", "免修", "替代", "学分互认"]
PartWord = Literal["考试", "考查", "实践", "毕业论文", "统考", "证书", "交费", "处分", "标记", "照片", "往季"]


class CaseModule(Strict):
    """模块: credits asked, and the module its surplus flows to."""

    credits: Credits = 0
    overflow: str | None = None


class CaseCourse(Strict):
    """计划课程."""

    credits: Credits
    module: str | None = None
    kind: KindWord = "必修"
    assessment: AssessmentWord = "考试"
    core: bool = False
    degree: bool = False


class CasePlan(Strict):
    """教学计划: with its courses; or without, and then a case says the credits earned in all."""

    credits: Credits | None = None
    exams: Words = ()
    modules: dict[str, Annotated[CaseModule, BeforeValidator(_in_credits), Also(("number",))]] = {}
    courses: dict[str, Annotated[CaseCourse, BeforeValidator(_in_credits), Also(("number",))]] = {}
    substitutions: dict[str, str] = {}


class CaseAttempt(Strict):
    """一次成绩."""

    grade: Annotated[str, BeforeValidator(_grade), Also(("number",))]
    obtained: ObtainedWord | None = None
    term: Term | None = None

    @property
    def mark(self) -> Mark:
        """How the result was given."""
        return MARKS.get(self.grade, Mark.NUMBER)


class CaseExam(Strict):
    """统考一科."""

    outcome: Literal["通过", "未通过", "免考", "缺考"]
    reason: str | None = None
    score: Score | None = None


class CaseCertificate(Strict):
    """证书."""

    kind: str
    obtained: date | None = None
    score: Score | None = None


class CaseFee(Strict):
    """一笔应交费用, in yuan."""

    kind: str = "学费"
    year: int | None = None
    due: Score
    paid: Score = 0
    posted: date | None = None


class CaseSanction(Strict):
    """处分."""

    kind: str
    imposed: date
    lifted: date | None = None


class CasePhoto(Strict):
    """毕业照片: `at_chsi` is 是, 否, or the moment since when it shows."""

    at_chsi: Annotated[Literal["是", "否"] | None, Also(("string",))] = None
    since: Moment | None = None
    comparison: str | None = None
    compared: Moment | None = None
    specification: Literal["符合", "不符合", "待核实"] = "待核实"

    @model_validator(mode="before")
    @classmethod
    def _since_when(cls, raw: Any) -> Any:
        if isinstance(raw, dict) and raw.get("at_chsi") not in (None, "是", "否"):
            return {"since": raw["at_chsi"], **raw, "at_chsi": "是"}
        return raw


class CaseHistory(Strict):
    """往季结论."""

    season: Term
    conclusion: str | None = None
    outcome: str | None = None


class Facts(Strict):
    """事实."""

    level: str | None = None
    mode: str | None = None
    centre: str | None = None
    major: str | None = None
    status: str | None = None
    entry: Term | None = None
    suspended_terms: int | None = 0
    outside_system: bool = False
    identity_type: str | None = None
    identity: str | None = None
    birth: date | None = None
    sex: Literal["男", "女"] | None = None
    filled: dict[str, bool] = {}
    plan: str | None = None
    credits: Credits | None = None
    courses: dict[
        str, Annotated[tuple[CaseAttempt, ...], BeforeValidator(_attempts), Also(("number", "string", "array"))]
    ] = {}
    exams: dict[str, Annotated[CaseExam, BeforeValidator(_exam), Also(("string",))]] = {}
    certificates: tuple[CaseCertificate, ...] = ()
    fees: tuple[CaseFee, ...] = ()
    sanctions: tuple[CaseSanction, ...] = ()
    flags: dict[str, Literal["已解除", "未解除", "不详"]] = {}
    photo: CasePhoto | None = None
    history: tuple[CaseHistory, ...] = ()
    not_imported: tuple[PartWord, ...] = ()


class Expected(Strict):
    """期望: only what is written is compared."""

    candidate: Literal["是", "否", "待核实"] = "是"
    why_not: Literal["scope", "suspended", "withdrawn", "finished", "dead"] | None = None
    verdicts: dict[str, Literal["符合", "不符合", "待核实", "不适用"]] = {}
    conclusions: dict[str, str] = {}  # by book; 待定 where nobody can say yet
    routes: dict[str, Literal["开放", "不开放", "待核实"]] = {}


class WorkedCase(Strict):
    """案例. `facts` go over the file's `given`, key by key."""

    case: str
    source: Source
    at: Moment | None = None
    facts: dict[str, Any] = {}
    expect: Expected


class Casebook(Strict):
    """一个案例文件."""

    season: str
    at: Moment
    plans: dict[str, CasePlan] = {}
    given: dict[str, Any] = {}
    cases: tuple[WorkedCase, ...] = Field(min_length=1)
