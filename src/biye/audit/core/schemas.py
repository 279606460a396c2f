"""格式说明: JSON Schema of a school's files, by which an editor completes keys and marks mistakes while they are written."""

from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from biye.audit.core.cases import Casebook, Facts, WorkedCase
from biye.audit.core.rulebook import Rulebook, entry_model
from biye.audit.core.schema_texts import KEYS, OF_SHAPE
from biye.audit.core.vocabulary import kinds
from biye.seasons.core.school import School
from biye.seasons.core.season import Season
from biye.seasons.core.shapes import TYPE_TEXTS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Schema of each kind of file, by the name of the schema's own file."""
    return {
        "school.schema.json": _schema(School),
        "season.schema.json": _schema(Season),
        "rulebook.schema.json": _schema(_rulebook_file()),
        "cases.schema.json": _schema(_case_file()),
    }


def _rulebook_file() -> type[BaseModel]:
    """A rulebook as it is written: a rule of any kind, told apart by its `rule`."""
    any_rule: Any = reduce(or_, (entry_model(name) for name in sorted(kinds())))
    rules: Any = (tuple[Annotated[any_rule, Field(discriminator="rule")], ...], Field(description="规则"))
    return create_model("RulebookFile", __base__=Rulebook, __doc__=Rulebook.__doc__, rules=rules)


def _case_file() -> type[BaseModel]:
    """A case file as it is written: `given` and `facts` hold the same keys."""
    facts: Any = (Facts, Field(default_factory=Facts, description="事实"))
    case: Any = create_model("CaseEntry", __base__=WorkedCase, __doc__=WorkedCase.__doc__, facts=facts)
    cases: Any = (tuple[case, ...], Field(description="案例", min_length=1))
    return create_model("CaseFile", __base__=Casebook, __doc__=Casebook.__doc__, given=facts, cases=cases)


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    written = model.model_json_schema(by_alias=True)
    shapes = {name: _described(shape, name) for name, shape in written.pop("$defs").items()}
    return {"$schema": DIALECT, **_described(written, model.__name__), "$defs": shapes}


def _described(shape: dict[str, Any], name: str) -> dict[str, Any]:
    """A shape with Chinese texts, and without the titles and defaults that only lengthen what an editor shows."""
    own = OF_SHAPE.get(name, {})
    plain: dict[str, Any] = _plain(shape)
    plain["description"] = plain["description"].partition(":")[0].partition(". ")[0].rstrip(".")
    for key, one in plain.get("properties", {}).items():
        if key in own or not _own_text(one):
            one["description"] = own.get(key) or KEYS[key]
    return plain


def _own_text(one: dict[str, Any]) -> bool:
    """Does the field say itself what it is? What it says of its type alone is not enough."""
    return "description" in one and one["description"] not in TYPE_TEXTS


def _plain(part: Any) -> Any:
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _plain(value) for key, value in part.items() if key not in ("title", "default", "properties")}
    if "properties" in part:
        kept["properties"] = {key: _plain(value) for key, value in part["properties"].items()}
    return kept
