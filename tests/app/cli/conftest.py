"""A folder of invented sheets, and `biye` as somebody at a terminal calls it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from biye.audit.core.loading import load_season
from biye.audit.core.sample.invention import invent
from biye.cli.app import app
from biye.cli.sample import write

Biye = Callable[..., Result]


@pytest.fixture
def biye() -> Biye:
    """Run a command; an exception that is no exit fails the test."""
    return lambda *arguments: CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False, prog_name="biye")


@pytest.fixture(scope="session")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty students of tju-online; not to be changed."""
    folder = tmp_path_factory.mktemp("sheets")
    write(folder, invent(load_season("tju-online", "2022-autumn"), 60, 3))
    return folder
