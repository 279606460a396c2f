"""上限: how large a file may be before it is refused; every bound is tested before memory is spent."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """导入上限. Bytes are bytes of the file, or of what a packed file unfolds to."""

    file_bytes: int = 64 * MIB
    expanded_bytes: int = 1024 * MIB
    expansion: int = 400  # unfolded to packed; counts from `expansion_from` on
    expansion_from: int = 64 * MIB
    entries: int = 4096
    part_bytes: int = 16 * MIB  # workbook, relations, styles
    strings_bytes: int = 192 * MIB
    sheets: int = 64
    rows: int = 1_048_576
    columns: int = 1024
    area: int = 30_000_000  # rows × columns of one sheet
    distinct: int = 4_000_000  # different cell contents of one sheet
    text: int = 32_767  # characters of one cell


DEFAULT = Limits()


class Unreadable(Exception):
    """A file or a sheet that is not read at all: a reason code of the catalogue and what the sentence needs."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
