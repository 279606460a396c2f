"""纸质件编码: what is printed is what is read, and what is misread is never taken for another sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biye.casework.core.paper_codes import LENGTH, VERSIONS, Paper, code_of, read_code, version_of
from biye.casework.core.words import Kind
from biye.foundation.errors import Refused

PAPERS = st.builds(
    Paper,
    season_id=st.integers(0, (1 << 18) - 1),
    student_id=st.integers(0, (1 << 28) - 1),
    kind=st.sampled_from(Kind),
    version=st.integers(0, VERSIONS - 1),
)
PAPER = Paper(3, 20_001, Kind.DEFERRAL, 2)
CODE = code_of(PAPER)
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def refusal(text: str) -> str:
    with pytest.raises(Refused) as refused:
        read_code(text)
    return refused.value.reasons[0].code


@given(PAPERS)
def test_a_printed_code_names_its_sheet(paper: Paper) -> None:
    code = code_of(paper)
    assert read_code(code) == paper
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]


@pytest.mark.parametrize(
    "typed", [CODE.lower(), CODE.replace("-", ""), f" {CODE} ", CODE.replace("0", "O").replace("1", "l"), f"{CODE}\r\n"]
)
def test_what_people_and_scanners_make_of_a_code_is_understood(typed: str) -> None:
    assert read_code(typed) == PAPER


def test_full_width_characters_are_understood() -> None:
    assert read_code("".join(chr(ord(sign) + 0xFEE0) for sign in CODE)) == PAPER


@given(PAPERS, st.integers(0, LENGTH - 1), st.integers(1, 31))
def test_a_wrong_character_is_found(paper: Paper, place: int, by: int) -> None:
    signs = list(code_of(paper).replace("-", ""))
    signs[place] = SIGNS[(SIGNS.index(signs[place]) + by) % 32]
    assert refusal("".join(signs)) == "paper_code_check"


@given(PAPERS, st.integers(0, LENGTH - 2))
def test_two_swapped_characters_are_found(paper: Paper, place: int) -> None:
    signs = list(code_of(paper).replace("-", ""))
    signs[place], signs[place + 1] = signs[place + 1], signs[place]
    swapped = "".join(signs)
    if swapped != code_of(paper).replace("-", ""):
        assert refusal(swapped) == "paper_code_check"


@pytest.mark.parametrize("length", [0, 15, 17])
def test_a_code_of_another_length_is_told_so(length: int) -> None:
    assert refusal((CODE.replace("-", "") + "0")[:length]) == "paper_code_length"


def test_a_character_that_no_code_has_is_named() -> None:
    with pytest.raises(Refused) as refused:
        read_code(CODE[:-1] + "中")
    reason = refused.value.reasons[0]
    assert (reason.code, reason.details) == ("paper_code_character", {"character": "中"})


@pytest.mark.parametrize("season", [-1, 1 << 18])
def test_a_number_that_does_not_fit_is_no_code(season: int) -> None:
    with pytest.raises(ValueError, match="18 bits"):
        code_of(Paper(season, 1, Kind.DEGREE, 0))


def test_a_kind_no_sheet_has_is_refused() -> None:
    """The last six numbers of four bits are nobody's yet."""
    from biye.casework.core import paper_codes

    digits = paper_codes._digits(11 << 20, LENGTH - 2)
    code = "".join(SIGNS[digit] for digit in (*digits, *paper_codes._digits(paper_codes._check(digits), 2)))
    assert refusal(code) == "paper_code_kind"


def test_a_version_is_the_beginning_of_a_fingerprint() -> None:
    assert (version_of("00000ab"), version_of("fffff1")) == (0, VERSIONS - 1)
