"""用语: every refusal has its sentence, every action and record in the ledger its word."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import biye
from biye.casework.core.catalogue import REFUSALS as OF_CASES
from biye.foundation.errors import Reason
from biye.web.shared.ledger_words import ACTIONS, SUBJECTS
from biye.web.shared.refusals import REFUSALS, sentence

SOURCE = Path(biye.__file__).parent
# Packages whose acts have pages.
ACTING = ("accounts", "audit", "casework", "machinery", "records", "seasons", "web")
# Codes of cells and of files are spoken by catalogues of their own.
SPOKEN_ELSEWHERE = ("machinery/exchange/core", "records/core/sheets")


def calls() -> Iterator[ast.Call]:
    for path in (path for package in ACTING for path in (SOURCE / package).rglob("*.py")):
        if not path.relative_to(SOURCE).as_posix().startswith(SPOKEN_ELSEWHERE):
            yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


def named(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def words_in(node: ast.AST) -> set[str]:
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def test_every_refusal_has_a_sentence() -> None:
    codes = {
        call.args[0].value
        for call in calls()
        if named(call) == "Reason" and call.args and isinstance(call.args[0], ast.Constant)
    }
    assert codes - set(REFUSALS) - set(OF_CASES) == set()


def test_every_sentence_can_be_said_with_what_it_asks_for() -> None:
    for code, text in {**REFUSALS, **OF_CASES}.items():
        details: dict[str, object] = {name: "甲" for _, name, _, _ in Formatter().parse(text) if name}
        assert "{" not in sentence(Reason(code, details))


def test_every_action_and_record_of_the_ledger_has_a_word() -> None:
    actions, subjects = set(), set()
    for call in calls():
        if named(call) != "record":
            continue
        for keyword in call.keywords:
            if keyword.arg == "action":
                actions |= {word for word in words_in(keyword.value) if word.strip(".")}
            if keyword.arg == "subject":
                subjects |= {
                    word.partition(":")[0]
                    for word in words_in(keyword.value)
                    if word.partition(":")[1] and word.strip(":.")
                }
    assert (actions - set(ACTIONS), subjects - set(SUBJECTS) - {""}) == (set(), set())
