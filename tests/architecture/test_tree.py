"""What no linter can see about the tree itself."""

import re
import tomllib

from tests.architecture.tree import ROOT, SOURCE, calls, pure_files, python_files, shown, tracked

LONGEST_FILE = 400
HOMELESS_NAMES = {"utils", "helpers", "common", "misc", "base"}
CLOCK = {"now", "today", "utcnow", "localtime", "time_ns"}
# Hosts are written with brackets around a dot, so that this file does not name one itself.
REGISTRIES = re.compile(r"pypi[.]org|pythonhosted[.]org|npmjs[.]org|npmmirror[.]com|debian[.]org|/simple/[a-z]")
MACHINE_PATHS = re.compile(r"(?<![\w.~*/-])/(?:root|work|home|Users)/\w")
UNFINISHED = re.compile(
    r"raise Not(?:)ImplementedError|pragma: no c(?:)over|pytest\.s(?:)kip|mark\.s(?:)kip|x(?:)fail\("
)
INDEX_OPTIONS = re.compile(r"^\s*(?:--(?:extra-)?index-url|--find-links|-i |-f )", re.MULTILINE)


def test_package_init_files_are_empty() -> None:
    assert [shown(path) for path in python_files("src") if path.name == "__init__.py" and path.read_text()] == []


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {
        shown(path): len(path.read_text().splitlines()) for path in python_files("src", "tests", "tools", "benchmarks")
    }
    assert {name: length for name, length in lengths.items() if length >= LONGEST_FILE} == {}


def test_every_name_says_what_it_is_about() -> None:
    named = {path: {*path.relative_to(ROOT).parent.parts, path.stem} for path in python_files("src", "tests", "tools")}
    assert [shown(path) for path, names in named.items() if names & HOMELESS_NAMES] == []


def test_no_core_reads_the_clock() -> None:
    read = [f"{shown(path)}:{line} {name}()" for path in pure_files() for line, name in calls(path) if name in CLOCK]
    assert read == []


def test_every_bracketed_storey_is_still_to_come() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    storeys = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    bracketed = [storey.strip("()") for storey in storeys if storey.startswith("(")]
    assert [name for name in bracketed if (SOURCE / name).exists()] == []


def test_files_name_no_registry_and_no_path_of_a_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for pattern in (REGISTRIES, MACHINE_PATHS):
            found += [f"{shown(path)}: {match.group()}" for match in pattern.finditer(text)]
        if path.name.startswith("requirements"):
            found += [f"{shown(path)}: {match.group()}" for match in INDEX_OPTIONS.finditer(text)]
    assert found == []


def test_nothing_is_left_unfinished() -> None:
    marked = [
        f"{shown(path)}: {match.group()}"
        for path in python_files("src", "tests", "tools", "benchmarks")
        for match in UNFINISHED.finditer(path.read_text())
    ]
    assert marked == []
