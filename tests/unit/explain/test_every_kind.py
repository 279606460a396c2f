"""Whatever kind of rule, verdict and facts: something readable is said, and following the nearest fix mends the finding."""

import re

import pytest

from biye.audit.core.explain.catalogue import RULES
from biye.audit.core.explain.explanation import Explainer
from biye.audit.core.explain.figures import TELLERS
from biye.audit.core.explain.fixes import MENDERS
from biye.audit.core.variants import Edit, one_student, variants
from biye.audit.core.vocabulary import kinds
from biye.foundation.verdicts import Truth, Verdict
from tests.unit.explain.telling import InventedSeason, invented_season

SEEDS = range(30)
SEVERAL_SEATS = (348, 363, 401)  # populations in which several seats of a choice of courses are empty
READABLE = re.compile(r"[^{}]+。")
MENDED_BY_COURSES = {"credits.total", "credits.share", "courses.passed", "courses.choose", "credits.module"}


def test_every_kind_of_rule_has_words_and_a_way_to_mend_it() -> None:
    assert set(TELLERS) == set(kinds())
    assert set(MENDERS) == set(kinds())
    parts = ("have", "need", "met", "not_met", "unknown")
    assert [f"{kind}.{part}" for kind in kinds() for part in parts if f"{kind}.{part}" not in RULES] == []


def test_every_text_belongs_to_a_kind() -> None:
    assert {code.split(".have")[0].split(".need")[0] for code in RULES if ".have" in code} == set(kinds())


@pytest.mark.parametrize("seed", SEEDS)
def test_every_finding_is_readable(seed: int) -> None:
    for told in invented_season(seed).explainer.briefs():
        for one in told.findings:
            assert READABLE.fullmatch(one.sentence), one.sentence
            assert "None" not in one.sentence
            wrong = one.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN)
            assert bool(one.fixes) == (wrong and told.candidate is not Truth.FALSE)
            assert [fix.sentence for fix in one.fixes if "{" in fix.sentence or not fix.sentence] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_full_explanation_agrees_with_the_brief_one(seed: int) -> None:
    teller = invented_season(seed).explainer
    for row, brief in enumerate(teller.briefs()):
        full = teller.full(row)
        assert (full.conclusions, full.routes, full.earned, full.asked) == (
            brief.conclusions,
            brief.routes,
            brief.earned,
            brief.asked,
        )
        assert [one.sentence for one in full.findings] == [one.sentence for one in brief.findings]


@pytest.mark.parametrize("seed", [*range(80), *SEVERAL_SEATS])
def test_passing_the_courses_of_a_fix_mends_the_finding(seed: int) -> None:
    season = invented_season(seed)
    for row in range(len(season.tables.students)):
        for number, rule in enumerate(season.loaded.programme.rules):
            if rule.rule in MENDED_BY_COURSES:
                assert _still_short(season, season.explainer, row, number) == []


def _still_short(season: InventedSeason, teller: Explainer, row: int, number: int) -> list[tuple[str, ...]]:
    """Choices of a finding's fixes after which the rule is still not met."""
    found = teller.findings(row)[number]
    place = {code: position for position, code in enumerate(season.tables.courses.code)}
    choices = [choice for fix in found.fixes for choice in fix.choices]
    if found.verdict is not Verdict.NOT_MET or not choices:
        return []
    edits = [Edit({place[code]: 10_000 for code in choice}) for choice in choices]
    frame = teller.audited.population.frame
    verdicts = variants(season.loaded.programme, frame, one_student(season.tables, row), edits).verdict[number]
    return [choice for choice, verdict in zip(choices, verdicts.tolist(), strict=True) if verdict == Verdict.NOT_MET]
