"""What a rulebook may write: limits and selectors are read exactly, and refused where they are not exact."""

import re
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from biye.audit.core.bitsets import LOW, count, detail, pack, unpack, words
from biye.audit.core.engine import MAX_RULES, Programme
from biye.audit.core.limits import CountLimit, CreditLimit, GradeLimit, ScoreLimit, ShareLimit, TermLimit
from biye.audit.core.plans import plan_grid
from biye.audit.core.rulebook import Rulebook
from biye.audit.core.rules.exams import asked_subjects
from biye.audit.core.selectors import Selector
from biye.audit.core.vocabulary import Needs, kinds
from biye.foundation.codes import Kind, Obtained
from biye.records.core.tables import Coded, Courses, Plans
from tests.unit.audit.institution import frame
from tests.unit.audit.populations import population
from tests.unit.audit.programmes import rule
from tests.unit.audit.sayings import SAYINGS


@pytest.mark.parametrize(
    ("kind", "raw", "root"),
    [
        (CreditLimit, "80.5", 805),
        (CreditLimit, 80, 800),
        (CreditLimit, Decimal("0.1"), 1),
        (CreditLimit, "plan", -2),
        (ScoreLimit, "69.99", 6999),
        (GradeLimit, "良", -12),
        (GradeLimit, "80", 8000),
        (CountLimit, "3", 3),
        (ShareLimit, "30%", 3000),
        (ShareLimit, "12.5％", 1250),
        (ShareLimit, 30, 3000),
        (TermLimit, "level", -2),
        (CreditLimit, {"专科": "70", "专升本": "plan"}, {"专科": 700, "专升本": -2}),
    ],
)
def test_a_figure_is_read_exactly(kind: Any, raw: object, root: object) -> None:
    assert kind.model_validate(raw).root == root
    assert kind.model_validate(kind.model_validate(raw)).root == root


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (CreditLimit, 80.5, "decimal_parsing"),
        (CreditLimit, True, "decimal_parsing"),
        (CreditLimit, "80.55", "decimal_parsing"),
        (CreditLimit, "-1", "decimal_parsing"),
        (CreditLimit, "八十", "decimal_parsing"),
        (CreditLimit, "1000000000", "decimal_parsing"),
        (ScoreLimit, "plan", "decimal_parsing"),
        (ScoreLimit, "良", "decimal_parsing"),
        (GradeLimit, "还行", "decimal_parsing"),
        (CountLimit, "1.5", "decimal_parsing"),
        (ScoreLimit, "69.995", "decimal_parsing"),
        (CreditLimit, None, "decimal_parsing"),
        (CreditLimit, {}, "too_short"),
        (CreditLimit, [], "too_short"),
        (CreditLimit, {"专科": "多"}, "decimal_parsing"),
        (CreditLimit, [{"for": {"level": "专科"}}], "missing"),
        (CreditLimit, [{"value": "70", "since": "2020-01-01"}], "extra_forbidden"),
        (CreditLimit, [{"value": "70", "from": "2022-02-30"}], "date_from_datetime_parsing"),
        (CreditLimit, ["70"], "model_type"),
    ],
)
def test_a_figure_that_is_not_exact_is_refused(kind: Any, raw: object, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        kind.model_validate(raw)
    assert [error["type"] for error in refusal.value.errors()] == [code]


def test_whom_a_limit_leaves_out() -> None:
    students = population(Random(0), 4, 3).students  # noqa: S311
    students.level = Coded.of(["专科", "专升本", "高起本", None])
    students.entry = np.array([4036, 4040, 4041, -1], np.int16)
    by_level = ScoreLimit.model_validate({"专升本": "70", "高起本": "75"})
    assert by_level.lacking(students, frame()).tolist() == [True, False, False, True]
    by_intake = ScoreLimit.model_validate({"2018春": "60", "2020春": "70"})
    assert by_intake.lacking(students, frame()).tolist() == [False, False, True, True]
    assert (by_level.terms(), by_intake.terms(), ScoreLimit.model_validate("60").terms()) == ((), (4036, 4040), ())
    twice = ScoreLimit.model_validate([{"value": "60"}, {"for": {"level": "专科"}, "value": "70"}])
    assert twice.lacking(students, frame()).tolist() == [True, False, False, True]


def test_the_subjects_behind_the_bits() -> None:
    plans = Plans(code=["p", "q"], exam_plan=np.array([1, 1, 0], np.int32), exam_subject=["英语", "数学", "英语"])
    plans.total_credits = np.array([-1, -1], np.int32)
    grid, read = plan_grid(plans, Courses()), kinds()["exams.unified"].params.model_validate
    assert asked_subjects(grid, 0, read({"subjects": "plan"})) == ["英语"]  # type: ignore[arg-type]
    assert asked_subjects(grid, 1, read({"subjects": "plan"})) == ["数学", "英语"]  # type: ignore[arg-type]
    assert asked_subjects(grid, 0, read({"subjects": ["语文"]})) == ["语文"]  # type: ignore[arg-type]


def test_limits_that_say_the_same_are_the_same() -> None:
    one, other = (
        ScoreLimit.model_validate(raw) for raw in ({"专科": "60", "专升本": "70"}, {"专升本": 70, "专科": 60})
    )
    assert (one, hash(one)) == (other, hash(other))


def test_words_of_a_selector_become_codes() -> None:
    selector = Selector.model_validate({"kind": ["实践环节", "毕业设计"], "not": {"obtained": "免考"}})
    assert selector.kind == (Kind.PRACTICE, Kind.THESIS)
    assert selector.no is not None
    assert selector.no.obtained == (Obtained.EXEMPTION,)


@pytest.mark.parametrize(
    ("raw", "code"),
    [({"kind": "体育课"}, "enum"), ({"kind": 3}, "list_type"), ({"sort": "必修"}, "extra_forbidden")],
)
def test_an_unknown_word_is_refused(raw: object, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Selector.model_validate(raw)
    assert [error["type"] for error in refusal.value.errors()] == [code]


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("attempts.count", {"max": "1", "what": "免修"}, "enum"),
        ("waivers.share", {"max_share": "30", "max_count": "8"}, "exactly_one"),
        ("waivers.share", {}, "exactly_one"),
        ("grade.average", {"min": "70", "above": "70"}, "exactly_one"),
        ("standing.study_period", {}, "at_least_one"),
        ("certificate.any_of", {"certificates": []}, "too_short"),
        ("certificate.any_of", {"certificates": [{"min": "400"}]}, "exactly_one"),
        ("certificate.any_of", {"certificates": [{"exam": "英语", "within": {"years": "5"}}]}, "exam_has_no_date"),
        ("history.outcome", {"season": "any"}, "exactly_one"),
        ("history.outcome", {"season": "去年", "one_of": "毕业"}, "not_a_term"),
        ("rank.within", {"score_of": "average"}, "exactly_one"),
        ("courses.choose", {"groups": [{"courses": {}, "n": "1"}] * 9}, "too_long"),
    ],
)
def test_parameters_that_contradict_themselves_are_refused(kind: str, raw: object, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        kinds()[kind].params.model_validate(raw)
    assert [error["type"] for error in refusal.value.errors()] == [code]


@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_kind_explains_itself(name: str) -> None:
    said = (kinds()[name].measure.__doc__ or "").split(":", 1)
    assert re.fullmatch(r"[\u4e00-\u9fff]+", said[0])
    assert all(word in said[1] for word in ("Source: ", "待核实"))
    assert "have" in said[1] or "as in history.conclusion" in said[1]


def test_every_parameter_has_a_description() -> None:
    silent = [
        (name, key)
        for name, kind in kinds().items()
        for key, info in kind.params.model_fields.items()
        if not info.description
    ]
    assert silent == []


@pytest.mark.parametrize("slots", [1, 61, 62, 63, 64, 65, 128, 129])
def test_bits_hold_every_slot(slots: int) -> None:
    mask = np.arange(slots)[None] % 3 == 0
    bits = pack(mask)
    assert bits.shape == (1, words(slots))
    assert unpack(bits, slots).tolist() == mask.tolist()
    assert count(bits).tolist() == [mask.sum()]
    last = pack(np.arange(slots)[None] == slots - 1)
    assert detail(last).tolist() == [1 << min(slots - 1, LOW)]


@pytest.mark.parametrize("number", [MAX_RULES - 1, MAX_RULES, MAX_RULES + 1])
def test_a_season_holds_so_many_rules(number: int) -> None:
    random = Random(0)  # noqa: S311
    rules = tuple(rule(random, f"r{i}", "standing.status", SAYINGS["standing.status"](random)) for i in range(number))
    book = Rulebook.model_construct(rulebook="试验", documents=(), rules=rules, conclusions=())
    if number > MAX_RULES:
        with pytest.raises(ValueError, match="at most 63"):
            Programme({"one": book}, None, ())
    else:
        assert len(Programme({"one": book}, None, ()).rules) == number


def test_only_what_rules_look_at_is_loaded() -> None:
    random = Random(0)  # noqa: S311
    rules = (
        rule(random, "fees", "fees.cleared", {}),
        rule(random, "average", "grade.average", {"min": "60", "attempt": "first"}),
    )
    book = Rulebook.model_construct(rulebook="试验", documents=(), rules=rules, conclusions=())
    programme = Programme({"one": book}, None, ())
    assert programme.needs == {Needs.FEES, Needs.GRADES}
    assert programme.attempts == {"best", "first"}
