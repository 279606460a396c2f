"""申请通道: what a student may apply for now, and why the rest is closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from biye.audit.core.engine import Judged
from biye.audit.core.explain.phrases import PHRASES
from biye.audit.core.explain.shapes import Finding, RouteLine
from biye.audit.core.explain.speaker import Speaker
from biye.audit.core.explain.standing_lines import lacking, rules_in
from biye.audit.core.explain.wording import begins, day
from biye.foundation.verdicts import Truth, Verdict
from biye.records.core.tables import Students
from biye.seasons.core.season import RouteSpec


@dataclass(frozen=True, slots=True)
class _Route:
    """What of a route is the same for everybody at this moment."""

    id: str
    spec: RouteSpec
    clause: str
    until: str
    is_over: bool
    not_yet: str  # since when it will be open, where that is still to come
    asked: tuple[str, ...]  # rules its condition names
    prefills: tuple[tuple[str, str], ...]  # field of the application → the rule that knows of it


@dataclass(frozen=True, slots=True)
class RouteTeller:
    """申请通道 of a season at one moment."""

    routes: tuple[_Route, ...]
    _closed: dict[tuple[str, Truth, Truth], RouteLine] = field(default_factory=dict)

    @classmethod
    def of(cls, speaker: Speaker) -> "RouteTeller":
        """Prepared once for everybody."""
        labels = {rule.id: rule.label for rule in speaker.loaded.programme.rules}
        return cls(tuple(_prepared(speaker, name, spec, labels) for name, spec in speaker.loaded.season.routes.items()))

    def lines(
        self, judged: Judged, row: int, students: Students, findings: tuple[Finding, ...]
    ) -> tuple[RouteLine, ...]:
        """Every route of the season for one student."""
        by_rule = {finding.rule: finding for finding in findings}
        candidate = Truth(int(judged.candidate[row]))
        truths = judged.routes[:, row].tolist()
        return tuple(
            self._line(route, Truth(truth), candidate, students, row, by_rule)
            for route, truth in zip(self.routes, truths, strict=True)
        )

    def _line(
        self,
        route: _Route,
        truth: Truth,
        candidate: Truth,
        students: Students,
        row: int,
        by_rule: Mapping[str, Finding],
    ) -> RouteLine:
        """What is closed is closed for all alike in the same words."""
        key = (route.id, truth, candidate)
        if key in self._closed:
            return self._closed[key]
        line = _line(route, truth, candidate, students, row, by_rule)
        if line.state is Truth.FALSE:
            self._closed[key] = line
        return line


def _prepared(speaker: Speaker, name: str, spec: RouteSpec, labels: Mapping[str, str]) -> _Route:
    """The end is that of the time online, else of the time for the signed sheet."""
    now = speaker.names.now
    entry = spec.window or spec.paper
    closing: datetime | None = speaker.frame.calendar[entry] if entry else None
    opening = speaker.loaded.season.calendar[spec.window].from_ if spec.window else None
    asked = tuple(dict.fromkeys(rules_in(spec.open_when))) if spec.open_when is not None else ()
    prefills = []
    for wanted in spec.reason_fields:
        fitting = sorted((rule for rule in asked if labels[rule] in wanted), key=lambda rule: -len(labels[rule]))
        prefills.append((wanted, fitting[0] if fitting else ""))
    return _Route(
        id=name,
        spec=spec,
        clause=speaker.clause(spec.source),
        until="" if closing is None else day(closing, now),
        is_over=closing is not None and now >= closing,
        not_yet=begins(opening, now) if opening is not None and now < opening else "",
        asked=asked,
        prefills=tuple(prefills),
    )


def _line(
    route: _Route,
    truth: Truth,
    candidate: Truth,
    students: Students,
    row: int,
    by_rule: Mapping[str, Finding],
) -> RouteLine:
    state, reason = _state(route, truth, candidate)
    if state is Truth.UNKNOWN:
        reason = _open_question(route, students, row, by_rule)
    return RouteLine(
        id=route.id,
        label=route.spec.label,
        state=state,
        reason=reason,
        clause=route.clause,
        until=route.until,
        irreversible=route.spec.irreversible,
        prefilled=()
        if state is Truth.FALSE
        else tuple((wanted, _known(by_rule.get(rule))) for wanted, rule in route.prefills),
    )


def _state(route: _Route, truth: Truth, candidate: Truth) -> tuple[Truth, str]:
    """Conditions first, then the clock: somebody who may never apply is not told of a date."""
    if candidate is Truth.FALSE:
        return Truth.FALSE, PHRASES["route_not_candidate"]
    if truth is Truth.FALSE:
        return Truth.FALSE, PHRASES["route_closed"].format(because=route.spec.closed_because, clause=route.clause)
    if route.is_over:
        return Truth.FALSE, PHRASES["route_over"].format(until=route.until)
    if route.not_yet:
        return Truth.FALSE, PHRASES["route_not_yet"].format(begins=route.not_yet)
    if Truth.UNKNOWN in (truth, candidate):
        return Truth.UNKNOWN, ""
    return Truth.TRUE, PHRASES["route_open_until" if route.until else "route_open"].format(until=route.until)


def _open_question(route: _Route, students: Students, row: int, by_rule: Mapping[str, Finding]) -> str:
    """What nobody knows of the person comes first: findings that rest on it are unknown for no other reason."""
    blank = lacking(route.spec.for_, students, row) if route.spec.for_ is not None else []
    if blank:
        return PHRASES["route_person_unknown"].format(lacking=PHRASES["and"].join(blank))
    unknown = dict.fromkeys(by_rule[rule].label for rule in route.asked if by_rule[rule].verdict is Verdict.UNKNOWN)
    if unknown:
        return PHRASES["route_unknown"].format(rules=PHRASES["and"].join(unknown))
    return PHRASES["route_candidate_unknown"]


def _known(finding: Finding | None) -> str:
    """What the audit knows of a field of the application."""
    return "" if finding is None or finding.verdict is Verdict.NOT_REQUIRED else finding.text
