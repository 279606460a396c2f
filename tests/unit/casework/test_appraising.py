"""自我鉴定的字数: just under, exactly, just over; blanks are no characters, rare characters are one."""

import pytest

from biye.casework.core.appraising import length, reasons_against


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), (" \n　\ufeff", 0), ("毕业", 2), ("毕 业。\n", 3), ("𠮷", 1), ("a b", 2), ("\u200a学", 1)],
)
def test_length(text: str, count: int) -> None:
    assert length(text) == count


@pytest.mark.parametrize(
    ("count", "codes"),
    [
        (0, ["appraisal_blank"]),
        (99, ["appraisal_short"]),
        (100, []),
        (101, []),
        (499, []),
        (500, []),
        (501, ["appraisal_long"]),
    ],
)
def test_the_rule_of_length(count: int, codes: list[str]) -> None:
    assert [reason.code for reason in reasons_against("学" * count, 100, 500)] == codes


def test_how_much_is_missing_or_too_much_is_said() -> None:
    assert reasons_against("学" * 98, 100, None)[0].details == {"count": 98, "least": 100, "missing": 2}
    assert reasons_against("学" * 503, None, 500)[0].details == {"count": 503, "most": 500, "surplus": 3}


def test_without_a_rule_any_text_will_do() -> None:
    assert reasons_against("学", None, None) == ()
