"""读表选择: what a person says of files whose looks do not tell, in an optional `sheets.yaml` beside them.

成绩2022.xlsx: {kind: grades, parts: [考试, 考查]}
处分名单.xlsx: {kind: sanctions, coverage: complete}
汇总.xlsx/第二页: {kind: fees}
说明.xlsx: {kind: skip}
"""

from pathlib import Path
from typing import Any

from biye.foundation.codes import Part
from biye.machinery.exchange.core.problems import Problem, Problems, Severity
from biye.records.core.sheets.recognise import KINDS
from biye.records.core.sheets.settings import Choice

FILE = "sheets.yaml"
SKIP = "skip"
_PARTS = {
    "考试": Part.EXAMINED,
    "考查": Part.ASSESSED,
    "实践": Part.PRACTICE,
    "论文": Part.THESIS,
    "examined": Part.EXAMINED,
    "assessed": Part.ASSESSED,
    "practice": Part.PRACTICE,
    "thesis": Part.THESIS,
}
_COVERAGES = ("listed", "complete")


def read_choices(folder: Path, problems: Problems) -> dict[str, Choice]:
    """By file name, or by "file name/sheet name". What is wrong in it is a problem, and that entry is left out."""
    path = folder / FILE
    if not path.is_file():
        return {}
    import yaml

    try:
        given = yaml.load(path.read_bytes()[:1_000_000], Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        problems.add(Problem("choices_unreadable", Severity.REFUSE, FILE))
        return {}
    choices: dict[str, Choice] = {}
    for name, said in (given or {}).items() if isinstance(given or {}, dict) else ():
        choice = _choice(said)
        if choice is None:
            problems.add(Problem("choice_wrong", Severity.REFUSE, FILE, value=str(name)))
        else:
            choices[str(name)] = choice
    return choices


def _choice(said: Any) -> Choice | None:
    if not isinstance(said, dict) or not set(said) <= {"kind", "coverage", "parts"}:
        return None
    kind, coverage, parts = said.get("kind"), said.get("coverage"), said.get("parts")
    if kind not in (None, SKIP, *KINDS) or coverage not in (None, *_COVERAGES):
        return None
    if parts is not None and not (isinstance(parts, list) and parts and all(part in _PARTS for part in parts)):
        return None
    return Choice(kind, coverage, tuple(_PARTS[part] for part in parts) if parts is not None else None)
