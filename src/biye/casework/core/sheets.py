"""纸质表: one plain A4 sheet with a code on every page, as PDF to be printed or as a picture to be looked at."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn as faces
import segno
import typst

_FRAME = Path(__file__).with_name("sheet.typ")
_SCREEN = 110.0


@dataclass(frozen=True, slots=True)
class Section:
    """栏: a table under a title, with or without heads, then paragraphs. Without heads every other cell is a label."""

    title: str
    rows: tuple[tuple[str, ...], ...] = ()
    heads: tuple[str, ...] = ()
    widths: tuple[int, ...] = (2, 5, 2, 5)
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """纸质表. `who`: whom it is about; `printed`: when it was made; `signers` sign under the statement."""

    title: str
    school: str
    season: str
    who: str
    code: str
    printed: str
    sections: tuple[Section, ...]
    statement: str = ""
    signers: tuple[str, ...] = ()


def pdf(sheet: Sheet) -> bytes:
    """The sheet to be printed."""
    return b"".join(_compiled(sheet, "pdf"))


def pages(sheet: Sheet) -> list[bytes]:
    """The same pages as PNG pictures, as they will look."""
    return _compiled(sheet, "png")


def paired(lines: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Label and value two abreast; an odd last one has an empty neighbour."""
    cells = [*lines, ("", "")] if len(lines) % 2 else list(lines)
    return tuple((*cells[place], *cells[place + 1]) for place in range(0, len(cells), 2))


def _compiled(sheet: Sheet, form: str) -> list[bytes]:
    said = json.dumps({**asdict(sheet), "qr": _qr(sheet.code)}, ensure_ascii=False)
    made = _compiler().compile(_FRAME.read_bytes(), format=form, ppi=_SCREEN, sys_inputs={"sheet": said})  # type: ignore[arg-type]
    return made if isinstance(made, list) else [made or b""]


@cache
def _compiler() -> typst.Compiler:
    """Reading the fonts takes longer than setting a page."""
    return typst.Compiler(font_paths=[str(Path(faces.sans_path()).parent)], ignore_system_fonts=True)


def _qr(code: str) -> str:
    buffer = io.BytesIO()
    segno.make(code, error="m", micro=False).save(buffer, kind="svg", border=1)
    return buffer.getvalue().decode()
