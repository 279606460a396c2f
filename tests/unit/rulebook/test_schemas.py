"""格式说明: what an editor is told agrees with what is accepted, and is told in Chinese."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from biye.audit.core.schemas import schemas
from biye.audit.core.vocabulary import kinds
from biye.seasons.core.folder import SHIPPED
from tests.unit.rulebook import guide

FILES = {"school": "school.yaml", "season": "seasons/*.yaml", "rulebook": "rulebooks/*.yaml", "cases": "cases/*.yaml"}
SCHEMAS = schemas()


class AsEditorsRead(yaml.CSafeLoader):
    """YAML 1.2, as editors read it: no dates, no yes and no."""


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if not tag.endswith((":timestamp", ":bool"))]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
AsEditorsRead.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def complaints(kind: str, text: str) -> list[str]:
    validator = Draft202012Validator(SCHEMAS[f"{kind}.schema.json"])
    return [error.message for error in validator.iter_errors(yaml.load(text, AsEditorsRead))]  # noqa: S506 made of the safe loader


@pytest.mark.parametrize(
    ("kind", "file"),
    [(kind, file) for kind, pattern in FILES.items() for file in sorted(SHIPPED.glob(f"*/{pattern}"))],
    ids=lambda one: str(one.relative_to(SHIPPED)) if isinstance(one, Path) else one,
)
def test_every_shipped_file_agrees_with_its_schema(kind: str, file: Path) -> None:
    assert complaints(kind, file.read_text("utf-8")) == []


def test_every_example_rule_of_the_guide_agrees_with_the_schema() -> None:
    book = guide.files()["rulebooks/graduation.yaml"]
    head = book[: book.index("rules:")]
    assert [complaints("rulebook", f"{head}rules:\n{rule}") for rule in guide.rules()] == [[] for _ in guide.rules()]


def test_the_schema_finds_what_the_loader_refuses() -> None:
    book = guide.files()["rulebooks/graduation.yaml"]
    assert len(complaints("rulebook", book.replace("max: 10.0", "maximum: 10.0"))) == 1
    assert (
        len(complaints("season", guide.files()["seasons/2031-autumn.yaml"].replace("2031-06-15 24:00", "2031-06-15")))
        == 1
    )
    assert len(complaints("school", guide.files()["school.yaml"].replace("kind: adult", "kind: night"))) == 1
    assert (
        len(
            complaints(
                "cases", guide.files()["cases/audit.yaml"].replace("not_imported: [统考]", "not_imported: [统一]")
            )
        )
        == 1
    )


def test_rules_are_told_apart_by_their_kind() -> None:
    items = SCHEMAS["rulebook.schema.json"]["properties"]["rules"]["items"]
    assert set(items["discriminator"]["mapping"]) == set(kinds())


def described(part: Any, where: str) -> Iterator[tuple[str, str]]:
    for key, one in part.get("properties", {}).items():
        yield f"{where}.{key}", one.get("description", "")
    for name, shape in part.get("$defs", {}).items():
        yield name, shape.get("description", "无")
        yield from described(shape, name)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_key_is_explained_in_chinese(name: str) -> None:
    without = [where for where, text in described(SCHEMAS[name], name) if not re.search("[\u4e00-\u9fff]", text)]
    assert without == []
