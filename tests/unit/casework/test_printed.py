"""办理流转表: the page in docs is what the code prints."""

from pathlib import Path

from biye.casework.core.printed import GUARDS, printed
from biye.casework.core.transitions import TABLE, Guard

PAGE = Path(__file__).parents[3] / "docs" / "casework.md"


def test_the_page_in_docs_is_the_table_in_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == printed(), "run: make tables"


def test_every_row_and_every_guard_has_words() -> None:
    assert printed().count("\n| ") == len(TABLE) + 10
    assert set(GUARDS) == set(Guard)
