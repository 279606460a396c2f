"""申请与选择: the founding notices' choices side by side, with what closes them and what cannot be undone."""

from dataclasses import replace
from datetime import datetime

import pytest

from biye.audit.core.explain.shapes import BookConclusion, Explanation, Finding, RouteLine
from biye.audit.core.loading import load_season
from biye.casework.core.applying import (
    LONGEST,
    Option,
    effects,
    missing_for_degree,
    options,
    prefilled,
    reasons_against,
)
from biye.casework.core.words import Kind, State
from biye.foundation.moments import moment
from biye.foundation.verdicts import Truth, Verdict
from biye.seasons.core.season import Season

ONLINE = load_season("tju-online", "2022-autumn").season
ADULT = load_season("cslg-adult", "2021-summer").season
LATER = ONLINE.model_copy(update={"degree": None})
BEFORE = moment("2022-06-15 23:59")
CLOSED = moment("2022-06-15 24:00")
PETS = "一旦毕（结）业后，不得再参加本校考点组织的PETS3考试"


def finding(rule: str, verdict: Verdict, book: str = "degree") -> Finding:
    return Finding(rule, book, rule, verdict, "", "", "", "", "", "", "", "")


def route(kind: Kind, state: Truth = Truth.TRUE, irreversible: str = "", **more: object) -> RouteLine:
    label = ONLINE.routes[kind.value].label if kind.value in ONLINE.routes else kind.chinese
    why = "只有2018年春季入学" if state is Truth.FALSE else ""
    return replace(RouteLine(kind.value, label, state, why, "通知二.2", "", irreversible), **more)


def explained(
    *routes: RouteLine, graduates: bool = True, thesis: Verdict = Verdict.NOT_MET, candidate: Truth = Truth.TRUE
) -> Explanation:
    return Explanation(
        student_no="20200001",
        name="林晓",
        candidate=candidate,
        why_not="休学期间不参加" if candidate is Truth.FALSE else "",
        conclusions=(BookConclusion("graduation", "毕业资格", "学分及统考审核通过", graduates),),
        findings=(finding("degree_average", Verdict.MET), finding("degree_thesis", thesis)),
        routes=routes or (route(Kind.COMPLETION, Truth.FALSE), route(Kind.DEFERRAL)),
        earned=800,
        asked=800,
    )


def by_kind(explanation: Explanation, at: datetime = BEFORE, **standing: State) -> dict[Kind, Option]:
    found = options(ONLINE, explanation, {Kind(kind): state for kind, state in standing.items()}, at)
    return {option.kind: option for option in found}


def test_the_choices_of_the_notice_stand_side_by_side() -> None:
    found = by_kind(explained())
    assert [(kind.value, option.is_open, option.gets) for kind, option in found.items()] == [
        ("sign_off", True, "毕业证书"),
        ("completion", False, "结业证书"),
        ("deferral", True, "本季不发证书；保留学籍，随以后的批次再审查"),
    ]
    assert found[Kind.COMPLETION].why == "只有2018年春季入学"
    assert (found[Kind.DEFERRAL].online, found[Kind.DEFERRAL].paper) == (CLOSED, CLOSED)


@pytest.mark.parametrize(("at", "is_open"), [(BEFORE, True), (CLOSED, False), (moment("2022-06-16 00:01"), False)])
def test_what_is_over_is_closed_and_says_so(at: datetime, is_open: bool) -> None:
    found = by_kind(explained(), at)
    assert [found[kind].is_open for kind in (Kind.SIGN_OFF, Kind.DEFERRAL)] == [is_open] * 2
    assert ("截止" in found[Kind.SIGN_OFF].why, "截止" in found[Kind.DEFERRAL].why) == (not is_open, not is_open)


def test_who_meets_graduation_but_not_the_degree_is_warned_and_ticks_it() -> None:
    assert [one.rule for one in missing_for_degree(explained())] == ["degree_thesis"]
    found = by_kind(explained())
    assert found[Kind.SIGN_OFF].effects == ("毕业之后不能再补足学位申请条件，本次毕业后不能再申请学位",)
    assert found[Kind.SIGN_OFF].degree == "未满足条件，毕业后不能再申请学位"
    assert found[Kind.DEFERRAL].effects == ()


@pytest.mark.parametrize(
    "explanation",
    [explained(thesis=Verdict.MET), explained(thesis=Verdict.NOT_REQUIRED), explained(graduates=False)],
)
def test_nobody_else_is_warned(explanation: Explanation) -> None:
    assert missing_for_degree(explanation) == ()
    assert effects(Kind.SIGN_OFF, ONLINE, explanation) == ()


def test_completion_says_that_it_never_becomes_graduation() -> None:
    assert effects(Kind.COMPLETION, ONLINE, explained(graduates=False)) == ("结业证书一律不换发毕业证书",)


def test_graduating_ends_the_examination_at_this_school_for_whom_the_degree_is_open() -> None:
    bachelor = explained(route(Kind.DEGREE, irreversible=PETS))
    assert effects(Kind.SIGN_OFF, ADULT, bachelor) == (PETS,)
    assert effects(Kind.DEFERRAL, ADULT, bachelor) == ()
    assert effects(Kind.SIGN_OFF, ADULT, explained(route(Kind.DEGREE, Truth.FALSE, PETS))) == ()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PAPER_RECEIVED, State.AT_COLLEGE])
def test_an_application_under_way_closes_the_others(state: State) -> None:
    found = by_kind(explained(route(Kind.COMPLETION), route(Kind.DEFERRAL)), deferral=state)
    assert (found[Kind.SIGN_OFF].is_open, found[Kind.COMPLETION].is_open, found[Kind.DEFERRAL].is_open) == (
        False,
        False,
        True,
    )
    assert found[Kind.DEFERRAL].standing is state


@pytest.mark.parametrize(
    ("state", "open_"),
    [(State.WITHDRAWN, (True, True)), (State.REJECTED, (True, True)), (State.APPROVED, (True, False))],
)
def test_what_is_decided_lets_the_student_sign(state: State, open_: tuple[bool, bool]) -> None:
    found = by_kind(explained(route(Kind.COMPLETION), route(Kind.DEFERRAL)), deferral=state)
    assert (found[Kind.SIGN_OFF].is_open, found[Kind.COMPLETION].is_open) == open_


def test_whoever_is_no_candidate_confirms_nothing() -> None:
    option = by_kind(explained(candidate=Truth.FALSE))[Kind.SIGN_OFF]
    assert (option.is_open, option.why) == (False, "休学期间不参加")


def test_what_nobody_knows_yet_is_not_open() -> None:
    option = by_kind(explained(route(Kind.DEFERRAL, Truth.UNKNOWN, reason="平均分待核实")))[Kind.DEFERRAL]
    assert (option.state, option.is_open, option.why) == (Truth.UNKNOWN, False, "平均分待核实")


def test_the_form_is_filled_in_with_what_the_audit_knows() -> None:
    spec = ONLINE.routes["deferral"]
    line = route(Kind.DEFERRAL, prefilled=(("平均分", "平均分 72.5"),))
    assert prefilled(line, spec) == {
        "平均分": "平均分 72.5",
        "主干课情况": "",
        "毕业论文情况": "",
        "学位英语水平考试情况": "",
    }
    assert set(prefilled(None, spec).values()) == {""}


FULL = dict.fromkeys(ONLINE.routes["deferral"].reason_fields, "已核对")


@pytest.mark.parametrize(
    ("written", "ticked", "codes"),
    [
        (FULL, {"a"}, []),
        (FULL, set(), ["effects_accepted"]),
        (FULL | {"平均分": " "}, {"a"}, ["form_blank"]),
        ({}, set(), ["form_blank", "effects_accepted"]),
        (FULL | {"平均分": "分" * LONGEST}, {"a"}, []),
        (FULL | {"平均分": "分" * (LONGEST + 1)}, {"a"}, ["form_long"]),
    ],
)
def test_everything_that_is_missing_is_said_at_once(
    written: dict[str, str], ticked: set[str], codes: list[str]
) -> None:
    reasons = reasons_against(ONLINE.routes["deferral"], written, ticked, {"a"})
    assert [reason.code for reason in reasons] == codes


@pytest.mark.parametrize(
    ("season", "explanation", "said"),
    [
        (ONLINE, explained(thesis=Verdict.MET), "已满足学位申请条件"),
        (ONLINE, explained(graduates=False), "不涉及"),
        (ADULT, replace(explained(), findings=()), "由学院审核"),
        (ONLINE, replace(explained(), findings=()), "不涉及"),
        (LATER, explained(), "现在未满足条件；毕业后在学校规定的期限内仍可申请"),
    ],
)
def test_what_becomes_of_the_degree_is_said(season: Season, explanation: Explanation, said: str) -> None:
    assert options(season, explanation, {}, moment("2021-06-01 08:00"))[0].degree == said
