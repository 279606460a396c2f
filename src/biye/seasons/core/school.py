"""学校概况: what stands in `school.yaml` and holds for every season of one institution."""

from typing import Annotated, Literal

from pydantic import Field

from biye.foundation.codes import MARK_WORDS, Mark, words_of
from biye.foundation.moments import CHINA
from biye.seasons.core.shapes import Identifier, Score, Strict, Words, Zone

Meaning = Literal["active", "suspended", "withdrawn", "finished", "dead"]
MarkWord = Literal["优", "良", "中", "及格", "不及格", "合格", "不合格", "缺考", "缓考", "作弊", "免修"]
_MARK = words_of(MARK_WORDS)


class Office(Strict):
    """科室: whom to ask; `fields` are the record fields it owns."""

    label: str
    telephone: Words = ()
    fields: Words = ()


class Level(Strict):
    """层次: study limits in terms (half-years), counted from the intake's term to the season's `term`.

    suspension_counts: are terms of 休学 part of the period?
    """

    min_terms: int = Field(ge=0)
    max_terms: int = Field(ge=1)
    suspension_counts: bool


class GradeScale(Strict):
    """成绩标准: the pass mark, and what a word grade counts as a number; a word not listed has no number."""

    pass_: Annotated[Score, Field(alias="pass")]
    words: dict[MarkWord, Score] = {}

    @property
    def pass_score(self) -> int:
        """The pass mark in hundredths."""
        return self.pass_

    @property
    def numbers(self) -> dict[Mark, int]:
        """Numbers of word grades, in hundredths."""
        return {_MARK[word]: value for word, value in self.words.items()}


class GradeScales(Strict):
    """各种成绩标准: `default` decides what has passed; `others` are named by rules that count words differently."""

    default: GradeScale
    others: dict[str, GradeScale] = {}


class Centres(Strict):
    """教学站点: what this school calls the places that look after its students."""

    label: str


class Range(Strict):
    """范围: from … to, both included."""

    least: int = Field(ge=0)
    most: int = Field(ge=0)


class PhotoSpecification(Strict):
    """照片规格: 图像采集规范 as this school applies it; pixels, kilobytes, JPEG quality."""

    width: int
    height: int
    dpi: int
    quality_least: int = Field(ge=1, le=100)
    kilobytes: Range
    hairline_to_top: Range
    eyes_to_top: Range
    face_width: Range
    background: tuple[int, int, int]
    file_name: Literal["identity"] = "identity"


class Comparison(Strict):
    """人像比对: CHSI's own words by what they mean here; a word in no list is 待核实."""

    passed: Words
    failed: Words
    review: Words = ()


class LeadTime(Strict):
    """办理时间: how long a step on a photo's way to CHSI usually takes, in words; `days`: calendar days at the least."""

    step: str
    takes: str
    days: int = Field(ge=0)


class Photo(Strict):
    """毕业照片. remedies: what helps after a comparison that did not pass, the first thing to try first."""

    specification: PhotoSpecification
    comparison: Comparison
    lead_times: tuple[LeadTime, ...] = ()
    remedies: Words = ()


class Identity(Strict):
    """证件: may an officer's number (军官证、士官证) stand in place of the identity number, as in photo file names?"""

    officer_numbers: bool


class Certificates(Strict):
    """证书编号: 5 digits school, 1 kind of education, 4 year, 2 level, 6 serial."""

    school_code: str = Field(pattern=r"^\d{5}$")
    education_type: str = Field(pattern=r"^\d$")
    level_codes: dict[str, str]


class SheetProfile(Strict):
    """表格约定: how this school's sheets of one kind look.

    columns: our column → further headings it may have. coverage: does the sheet speak for those listed only, or for all?
    """

    columns: dict[str, Words] = {}
    coverage: Literal["listed", "complete"] | None = None


class School(Strict):
    """学校概况."""

    school: str
    college: str
    code: str = Field(pattern=r"^\d{5}$")
    kind: Literal["online", "adult"]
    zone: Zone = CHINA
    offices: dict[Identifier, Office]
    levels: dict[str, Level]
    modes: Words
    statuses: dict[Meaning, Words]
    grade_scales: GradeScales
    centres: Centres
    photo: Photo
    identity: Identity
    certificates: Certificates
    sheets: dict[str, SheetProfile] = {}

    def statuses_meaning(self, *meanings: str) -> tuple[str, ...]:
        """学籍状态 words that mean one of these."""
        return tuple(word for meaning in meanings for word in self.statuses.get(meaning, ()))  # type: ignore[call-overload]

    def meaning(self, status: str) -> str | None:
        """What a 学籍状态 word means here; None where the school does not know it."""
        return next((meaning for meaning, words in self.statuses.items() if status in words), None)

    def scale(self, name: str = "default") -> GradeScale:
        """A grade scale by name. Raises KeyError where the school has none of that name."""
        return self.grade_scales.default if name == "default" else self.grade_scales.others[name]
