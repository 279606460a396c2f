"""说明: what one student is told, ready to be shown, written to a file or kept with a publication. Texts are Chinese."""

from dataclasses import dataclass

from biye.foundation.verdicts import Truth, Verdict


@dataclass(frozen=True, slots=True)
class Fix:
    """最近的办法: one way to mend a shortfall; `courses` are codes, any one `choices` set of them is enough."""

    sentence: str
    choices: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """审查意见: one rule and what it says of the student."""

    rule: str
    book: str
    label: str
    verdict: Verdict
    have: str
    need: str
    clause: str  # 通知二.1
    office: str
    telephone: str
    effect: str  # 只影响学位，不影响毕业
    text: str  # what is so, without clause, effect or office
    sentence: str
    is_override: bool = False
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseLine:
    """课程: one attempt of a course, or a plan course without any. Amounts as people write them."""

    code: str
    name: str
    module: str  # "" outside the plan
    kind: str
    credits: str
    result: str  # 78.5, 良, 缺考; "" without a result
    obtained: str
    term: str
    counts: bool
    counted_for: str  # the plan course it stands for, where that is another one
    note: str  # for what it counted, or why it did not


@dataclass(frozen=True, slots=True)
class ModuleBar:
    """模块: credits earned and asked, in tenths; `surplus` is what lies above and flows to `overflow_to`."""

    name: str
    earned: int
    received: int  # surplus that came from other modules
    asked: int
    surplus: int
    overflow_to: str

    @property
    def share(self) -> int:
        """Percent of what is asked, at most 100."""
        return 100 if self.earned + self.received >= self.asked else 100 * (self.earned + self.received) // self.asked


@dataclass(frozen=True, slots=True)
class ExamLine:
    """统考科目: `state` is 合格, 免考, 未通过, 缺考, 尚无成绩 or 尚未导入."""

    subject: str
    state: str
    reason: str
    is_passed: Truth


@dataclass(frozen=True, slots=True)
class RouteLine:
    """申请通道: open, closed (with the reason) or not known yet."""

    id: str
    label: str
    state: Truth
    reason: str
    clause: str
    until: str
    irreversible: str
    prefilled: tuple[tuple[str, str], ...] = ()  # 申请原因 fields and what the audit knows of them


@dataclass(frozen=True, slots=True)
class BookConclusion:
    """一册规则的结论: `text` is None where undecided, and `undecided` says why."""

    book: str
    label: str
    text: str | None
    is_favourable: bool
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """说明: everything about one student."""

    student_no: str
    name: str
    candidate: Truth
    why_not: str
    conclusions: tuple[BookConclusion, ...]
    findings: tuple[Finding, ...]
    routes: tuple[RouteLine, ...]
    earned: int  # tenths
    asked: int  # tenths, -1 not known
    modules: tuple[ModuleBar, ...] = ()
    courses: tuple[CourseLine, ...] = ()
    exams: tuple[ExamLine, ...] = ()

    @property
    def conclusion(self) -> str | None:
        """审查结论: the first book's; None while undecided, and for whoever is no candidate."""
        return self.conclusions[0].text if self.conclusions else None
