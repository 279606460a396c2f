"""Identity numbers one at a time, by the column, masked and compared."""

from datetime import date
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from biye.foundation import identity
from biye.foundation.identity import Document, check_digit, mask, read, same_document, upgrade
from biye.foundation.moments import day_number
from tests.architecture.tree import ROOT

CASES = yaml.safe_load((ROOT / "tests/cases/identity_numbers.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["written"]))
def test_one_number(case: dict[str, Any]) -> None:
    written = case["written"]
    if case.get("check") == "any":
        written = written[:17] + check_digit(written[:17])
    found = read(written, Document[case["document"]] if "document" in case else None)
    assert list(found.problems) == case.get("problems", [])
    assert found.expected == case.get("expected", "")
    assert found.birth == case.get("birth")
    assert found.sex == case.get("sex", 0)
    if "read" in case:
        assert found.document is Document[case["read"]]
    if not found.problems:
        assert found.number == case.get("number", written)


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999), st.integers(0, 999_999))
def test_both_lengths_say_the_same(birth: date, order: int, area: int) -> None:
    short = f"{area:06d}{birth:%y%m%d}{order:03d}"
    long = upgrade(short)
    assert (len(short), len(long)) == (15, 18)
    assert identity.valid(np.array([short, long], "S18")).tolist() == [True, True]
    assert identity.birth_days(np.array([short, long], "S18")).tolist() == [day_number(birth)] * 2
    assert identity.sexes(np.array([short, long], "S18")).tolist() == [1 if order % 2 else 2] * 2
    assert same_document(short, long)


@given(st.lists(st.text("0123456789Xx", max_size=19)))
def test_a_column_agrees_with_its_numbers_read_singly(texts: list[str]) -> None:
    numbers = np.array([text.upper()[:18].encode() for text in texts], "S18")
    singly = [read(number.decode(), Document.RESIDENT) for number in numbers.tolist()]
    assert identity.valid(numbers).tolist() == [not one.problems for one in singly]
    days = [day_number(one.birth) if one.birth else identity.NO_DAY for one in singly]
    readable = [not {"bad_length", "bad_character", "blank"} & set(one.problems) for one in singly]
    found = identity.birth_days(numbers).tolist()
    assert [day for day, can in zip(found, readable, strict=True) if can] == [
        day for day, can in zip(days, readable, strict=True) if can
    ]


def test_any_single_wrong_digit_is_found() -> None:
    number = "11010519491231002X"
    wrong = {number[:place] + digit + number[place + 1 :] for place in range(17) for digit in "0123456789"} - {number}
    assert [one for one in wrong if not read(one).problems] == []


def test_an_empty_column() -> None:
    nothing = np.empty(0, "S18")
    assert identity.valid(nothing).tolist() == []
    assert identity.birth_days(nothing).tolist() == []
    assert identity.sexes(nothing).tolist() == []


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("11010519491231002X", "110***********002X"),
        ("110105491231002", "110********1002"),
        ("H1234567", "H12*4567"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_a_mask_hides_all_but_the_ends(number: str, shown: str) -> None:
    assert mask(number) == shown


def test_a_renewed_permit_is_the_same_document() -> None:
    assert same_document("H1234567801", "H12345678")
    assert same_document("h1234567801", "H1234567802")
    assert not same_document("H1234567801", "M1234567801")
    assert not same_document("11010519491231002X", "440524188001010014")


def test_an_officers_number_survives_the_table() -> None:
    number = read("军字第1234567号").number
    assert identity.unpack(identity.pack(number)) == number
    assert len(identity.pack(number)) <= identity.WIDTH
