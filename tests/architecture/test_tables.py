"""What no linter can see about the tables."""

import tomllib

from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tests.architecture.tree import ROOT


def storeys() -> list[str]:
    """The packages from the lowest storey up, as the import contract lists them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers: list[str] = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [layer.strip("()") for layer in reversed(layers)]


def storey(model: type[models.Model]) -> int:
    return storeys().index(model.__module__.split(".")[1])


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("biye.")]


def test_foreign_keys_point_downwards() -> None:
    upwards = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.concrete
        and isinstance(field.related_model, type)
        and field.related_model.__module__.startswith("biye.")
        if storey(field.related_model) > storey(model)
    ]
    assert upwards == []


def test_every_table_says_what_a_row_is() -> None:
    assert [model.__name__ for model in our_models() if "__str__" not in vars(model)] == []


def test_migrations_say_what_the_models_say() -> None:
    # Untranslated, as migrations are written.
    with translation.override(None):
        loader = MigrationLoader(None)
        ours = {config.label for config in apps.get_app_configs() if config.name.startswith("biye.")}
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changes = detector.changes(graph=loader.graph, trim_to_apps=ours)
    missing = [
        f"{label}: {operation}" for label, steps in changes.items() for step in steps for operation in step.operations
    ]
    assert missing == []
