"""申请与选择: what a student may choose after the conclusion, side by side; what cannot be undone; what a form still lacks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from biye.audit.core.explain.shapes import Explanation, Finding, RouteLine
from biye.casework.core.closing import closing
from biye.casework.core.transitions import Clock
from biye.casework.core.words import UNDECIDED, Kind, State
from biye.foundation.errors import Reason
from biye.foundation.verdicts import Truth, Verdict
from biye.seasons.core.season import RouteSpec, Season

APPLICATIONS = (Kind.COMPLETION, Kind.DEFERRAL)
DEGREE_BOOK = "degree"
REASONS, EFFECTS = "reasons", "effects"
"""In an application's form: field → what the student wrote; the effects that were ticked."""
LONGEST = 500

_GETS = {
    Kind.COMPLETION: "结业证书",
    Kind.DEFERRAL: "本季不发证书；保留学籍，随以后的批次再审查",
}
_DEGREE = {
    Kind.COMPLETION: "不能申请学位",
    Kind.DEFERRAL: "保留机会：满足条件后再毕业并申请学位",
}
EFFECT_OF_GRANT = {
    Kind.COMPLETION: "本季按结业办理",
    Kind.DEFERRAL: "本季不毕业，随以后的批次再审查",
}
"""What the conclusion says once the college has agreed."""
_NO_MORE_DEGREE = "毕业之后不能再补足学位申请条件，本次毕业后不能再申请学位"


@dataclass(frozen=True, slots=True)
class Option:
    """选择: one thing a student may do now. `state` FALSE: closed, and `why` says so. `effects` have to be ticked."""

    kind: Kind
    label: str
    state: Truth
    why: str
    clause: str
    gets: str
    degree: str
    effects: tuple[str, ...]
    online: datetime | None
    paper: datetime | None
    standing: State | None  # of the application itself, where there is one

    @property
    def is_open(self) -> bool:
        """May it be chosen? Where it is not known yet, the college has to find out first."""
        return self.state is Truth.TRUE


def is_graduating(explanation: Explanation) -> bool:
    """Does the first conclusion say that the student may graduate?"""
    return bool(explanation.conclusions) and explanation.conclusions[0].is_favourable


def degree_findings(explanation: Explanation) -> tuple[Finding, ...]:
    """学位申请条件 that concern this student."""
    return tuple(
        finding
        for finding in explanation.findings
        if finding.book == DEGREE_BOOK and finding.verdict is not Verdict.NOT_REQUIRED
    )


def missing_for_degree(explanation: Explanation) -> tuple[Finding, ...]:
    """学位提醒: conditions that a student who may graduate does not meet, or nobody knows of; nothing for anybody else."""
    if not is_graduating(explanation):
        return ()
    return tuple(finding for finding in degree_findings(explanation) if finding.verdict is not Verdict.MET)


def effects(kind: Kind, season: Season, explanation: Explanation) -> tuple[str, ...]:
    """不可撤回的后果 of choosing this, as the notice has them; each is ticked before."""
    found = []
    route = season.routes.get(kind.value)
    if route is not None and route.irreversible:
        found.append(route.irreversible)
    leaves = kind is Kind.COMPLETION or (kind is Kind.SIGN_OFF and is_graduating(explanation))
    if leaves and kind is Kind.SIGN_OFF and missing_for_degree(explanation) and _all_before(season):
        found.append(_NO_MORE_DEGREE)
    degree = next((line for line in explanation.routes if line.id == Kind.DEGREE), None)
    # Graduating ends what the degree route warns of, for whoever that route is for.
    if leaves and degree is not None and degree.irreversible and degree.state is not Truth.FALSE:
        found.append(degree.irreversible)
    return tuple(dict.fromkeys(found))


def options(
    season: Season, explanation: Explanation, standing: Mapping[Kind, State], at: datetime
) -> tuple[Option, ...]:
    """可以作的选择, side by side: confirming first, then the applications the season has. `standing`: cases there are."""
    lines = {line.id: line for line in explanation.routes}
    return (
        _confirming(season, explanation, standing, at),
        *(
            _application(kind, season, explanation, lines[kind.value], standing, at)
            for kind in APPLICATIONS
            if kind.value in season.routes and kind.value in lines
        ),
    )


def prefilled(line: RouteLine | None, spec: RouteSpec) -> dict[str, str]:
    """预填: field → what the audit knows of it."""
    known = dict(line.prefilled) if line is not None else {}
    return {field: known.get(field, "") for field in spec.reason_fields}


def reasons_against(
    spec: RouteSpec, written: Mapping[str, str], ticked: Collection[str], effects: Collection[str]
) -> tuple[Reason, ...]:
    """What an application still lacks: form_blank (which fields), form_long, effects_accepted."""
    blank = [field for field in spec.reason_fields if not written.get(field, "").strip()]
    long = [field for field in spec.reason_fields if len(written.get(field, "")) > LONGEST]
    found = []
    if blank:
        found.append(Reason("form_blank", {"fields": "、".join(blank)}))
    if long:
        found.append(Reason("form_long", {"fields": "、".join(long), "most": LONGEST}))
    if not set(effects) <= set(ticked):
        found.append(Reason("effects_accepted"))
    return tuple(found)


def _confirming(season: Season, explanation: Explanation, standing: Mapping[Kind, State], at: datetime) -> Option:
    closes = closing(season, Kind.SIGN_OFF)
    pending = [kind for kind in APPLICATIONS if standing.get(kind) in UNDECIDED]
    why = ""
    if explanation.candidate is Truth.FALSE:
        why = explanation.why_not
    elif pending:
        why = f"已{pending[0].chinese}，等学院审核、审查结论更新后再签字确认；也可以先撤回申请"
    elif _is_over(closes, Clock.WINDOW, at):
        why = "已过签字确认的截止时间"
    graduates = is_graduating(explanation)
    spec = season.tasks.get("sign_off")
    return Option(
        kind=Kind.SIGN_OFF,
        label="确认审查结论无误",
        state=Truth.FALSE if why else Truth.TRUE,
        why=why,
        clause=_clause(season, spec.source.document, spec.source.clause) if spec else "",
        gets="毕业证书" if graduates else "本季不能毕业",
        degree=_degree_after_graduation(season, explanation) if graduates else "不涉及",
        effects=effects(Kind.SIGN_OFF, season, explanation),
        online=closes.get(Clock.WINDOW),
        paper=None,
        standing=standing.get(Kind.SIGN_OFF),
    )


def _application(
    kind: Kind,
    season: Season,
    explanation: Explanation,
    line: RouteLine,
    standing: Mapping[Kind, State],
    at: datetime,
) -> Option:
    closes = closing(season, kind)
    rival = next((other for other in APPLICATIONS if other is not kind and standing.get(other) in _LIVE), None)
    state, why = line.state, line.reason
    if state is not Truth.FALSE and rival is not None:
        state, why = Truth.FALSE, f"已有{rival.chinese}；撤回它之后才能改选"
    elif state is not Truth.FALSE and _is_over(closes, Clock.WINDOW, at):
        state, why = Truth.FALSE, "已过申请的截止时间"
    return Option(
        kind=kind,
        label=line.label,
        state=state,
        why=why,
        clause=line.clause,
        gets=_GETS[kind],
        degree=_DEGREE[kind],
        effects=effects(kind, season, explanation),
        online=closes.get(Clock.WINDOW),
        paper=closes.get(Clock.PAPER),
        standing=standing.get(kind),
    )


_LIVE = UNDECIDED | {State.APPROVED}


def _degree_after_graduation(season: Season, explanation: Explanation) -> str:
    if not degree_findings(explanation):
        return "由学院审核" if Kind.DEGREE.value in season.routes else "不涉及"
    if not missing_for_degree(explanation):
        return "已满足学位申请条件"
    if _all_before(season):
        return "未满足条件，毕业后不能再申请学位"
    return "现在未满足条件；毕业后在学校规定的期限内仍可申请"


def _all_before(season: Season) -> bool:
    return season.degree is not None and season.degree.conditions == "before_graduation"


def _is_over(closes: Mapping[Clock, datetime], clock: Clock, at: datetime) -> bool:
    return clock in closes and closes[clock] <= at


def _clause(season: Season, document: str, clause: str) -> str:
    short = next((one.short for one in season.documents if one.id == document), "")
    return f"{short}{clause}"
