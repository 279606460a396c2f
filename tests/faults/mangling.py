"""Ways to mangle a sheet: in its cells before it is written, in its markup, and in its bytes afterwards."""

import random
import zipfile
from collections.abc import Callable
from functools import cache

from biye.machinery.exchange.core.limits import MIB
from tests.faults.good_sheets import Good, written
from tests.raw_sheets import packed, raw_xlsx, sheet_markup
from tests.workbooks import workbook

Cells = list[list[object]]
File = tuple[str, bytes]


def _cells(change: Callable[[random.Random, Cells], None]) -> Callable[[random.Random, Good, str], File]:
    def mangle(chance: random.Random, good: Good, kind: str) -> File:
        rows: Cells = [list(row) for row in good.rows]
        change(chance, rows)
        return written(Good(good.name, rows), kind)  # type: ignore[arg-type]

    return mangle


def _bytes(change: Callable[[random.Random, bytes], bytes]) -> Callable[[random.Random, Good, str], File]:
    def mangle(chance: random.Random, good: Good, kind: str) -> File:
        name, content = written(good, kind)
        return name, change(chance, content)

    return mangle


def _markup(change: Callable[[random.Random, str], str | bytes]) -> Callable[[random.Random, Good, str], File]:
    def mangle(chance: random.Random, good: Good, _: str) -> File:
        rows = "".join(
            f'<row r="{number}">'
            + "".join(f'<c r="{chr(65 + place)}{number}" t="str"><v>{cell}</v></c>' for place, cell in enumerate(row))
            + "</row>"
            for number, row in enumerate(good.rows, 1)
        )
        return f"{good.name}.xlsx", raw_xlsx(change(chance, sheet_markup(rows)))

    return mangle


def _somewhere(chance: random.Random, rows: Cells) -> tuple[int, int]:
    row = chance.randrange(1, len(rows)) if len(rows) > 1 else 0
    return row, chance.randrange(len(rows[row]))


STRANGE = (
    "", " ", "九十", "101", "-1", "1e400", "NaN", "Infinity", "69.995", "1.10105E+17", "#REF!", "NULL", "None", "TRUE",
    "2022-02-30", "99999999", "\ue000", "𬱖", "\u202e", "\x00", "\x07", "'", '"', "a,b", "a\nb", "；", "%s", "{0}", "<b>",
    "&amp;", "' OR 1=1 --", "$(reboot)", "..\\..\\x", "零" * 300, "9" * 400, "１２３", "学号", "合计",
)  # fmt: skip
FORMULAS = ("=1+1", "=cmd|'/c calc'!A0", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("x")', "=A1", "{=1}")


def _strange(chance: random.Random, rows: Cells) -> None:
    for _ in range(chance.randrange(1, 4)):
        row, place = _somewhere(chance, rows)
        rows[row][place] = chance.choice(STRANGE)


def _formula(chance: random.Random, rows: Cells) -> None:
    row, place = _somewhere(chance, rows)
    rows[row][place] = chance.choice(FORMULAS)


def _numbers(chance: random.Random, rows: Cells) -> None:
    place = chance.randrange(len(rows[0]))
    for row in rows[1:]:
        row[place] = chance.choice((1.5, 20200301, 1e300, -0.0, 110105194912310021.0, 44000))


def _swap_headings(chance: random.Random, rows: Cells) -> None:
    one, other = chance.randrange(len(rows[0])), chance.randrange(len(rows[0]))
    rows[0][one], rows[0][other] = rows[0][other], rows[0][one]


def _lose_column(chance: random.Random, rows: Cells) -> None:
    place = chance.randrange(len(rows[0]))
    for row in rows:
        del row[place]
        row.append("")


def _lose_headings(_: random.Random, rows: Cells) -> None:
    rows[0] = [f"列{place}" for place in range(len(rows[0]))]


def _double_heading(chance: random.Random, rows: Cells) -> None:
    place = chance.randrange(len(rows[0]))
    for row in rows:
        row.append(row[place])


def _double_rows(chance: random.Random, rows: Cells) -> None:
    row = list(rows[_somewhere(chance, rows)[0]])
    if chance.random() < 0.5:
        row[-1] = chance.choice(STRANGE)
    rows.append(row)


def _blank_rows(chance: random.Random, rows: Cells) -> None:
    rows.insert(chance.randrange(len(rows) + 1), [""] * len(rows[0]))


def _title_and_totals(_: random.Random, rows: Cells) -> None:
    width = len(rows[0])
    rows.insert(0, ["某某学校", *[""] * (width - 1)])
    rows.append(["合计", *["3"] * (width - 1)])


def _shuffle(chance: random.Random, rows: Cells) -> None:
    body = rows[1:]
    chance.shuffle(body)
    rows[1:] = body


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def _flip_bits(chance: random.Random, content: bytes) -> bytes:
    mangled = bytearray(content)
    for _ in range(chance.choice((1, 1, 4, 64))):
        mangled[chance.randrange(len(mangled))] ^= 1 << chance.randrange(8)
    return bytes(mangled)


def _zero_block(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.randrange(1, 200))
    return content[:start] + bytes(end - start) + content[end:]


def _swap_blocks(chance: random.Random, content: bytes) -> bytes:
    cuts = sorted(chance.randrange(len(content)) for _ in range(3))
    first, middle, last = cuts
    return content[:first] + content[middle:last] + content[first:middle] + content[last:]


def _insert_noise(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.randbytes(chance.randrange(1, 64)) + content[place:]


def _repeat(chance: random.Random, content: bytes) -> bytes:
    return content * chance.randrange(2, 4)


def _wrong_encoding(chance: random.Random, good: Good, _: str) -> File:
    text = written(good, "csv")[1].decode("utf-8-sig")
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-32", "big5", "shift_jis", "utf-7", "cp949", "latin-1"))
    mark = chance.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe"))
    return f"{good.name}.csv", mark + text.encode(encoding, "replace")


def _mixed_encoding(_: random.Random, content: bytes) -> bytes:
    half = len(content) // 2
    return content[:half] + "王某某，成绩".encode("gb18030") + content[half:]


def _wrong_name(chance: random.Random, good: Good, kind: str) -> File:
    return f"{good.name}.{chance.choice(('xls', 'xlsx', 'csv', 'dbf'))}", written(good, kind)[1]


def _other_file(chance: random.Random, good: Good, kind: str) -> File:
    name, content = written(good, kind)
    wrapped = (
        b"<html><table><tr><td>1</td></tr></table></html>",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        b"%PDF-1.7\n" + content,
        b"\xff\xd8\xff\xe0" + content,
        packed({"a/b.xlsx": content}),
        packed({"a.zip": packed({"b.zip": packed({"c.zip": content})})}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + chance.randbytes(4000),
        b"",
        bytes(chance.randrange(1, 5000)),
        chance.randbytes(chance.randrange(1, 5000)),
    )
    return name, chance.choice(wrapped)


@cache
def bombs() -> tuple[bytes, ...]:
    """Built once: large things in small files."""
    spaces = b" " * (70 * MIB)
    row = '<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + "</row>"
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 1_048_578))
    strewn = "".join(
        f'<row r="{number * 1000}"><c r="{chr(65 + number % 26)}{number * 1000}"/></row>' for number in range(1, 1048)
    )
    return (
        raw_xlsx(sheet_markup(""), more={"xl/media/x.bin": spaces}),
        raw_xlsx(b'<worksheet xmlns="x"><sheetData>' + spaces),
        raw_xlsx(sheet_markup('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings="<si><t>" + "甲" * (70 * MIB)),
        raw_xlsx(sheet_markup(row)),
        raw_xlsx(sheet_markup(rows)),
        raw_xlsx(sheet_markup(strewn + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        raw_xlsx(sheet_markup("<row>" + "<c><v>1</v></c>" * 1000 + "</row>") * 1)[:-1],
        raw_xlsx(sheet_markup("", after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 50_000 + "</mergeCells>")),
        packed({f"x{number}": b"" for number in range(5000)}),
        ("学号," + "列," * 1_000_000).encode(),
        ("学号,姓名\n" + "1,甲\n" * 1_048_577).encode(),
        ('学号,姓名\n1,"' + "甲" * 1_000_000).encode(),
        b"\x03" + bytes((122, 6, 15)) + (2**31).to_bytes(4, "little") + (65).to_bytes(2, "little") + (11).to_bytes(2, "little")
        + bytes(20) + b"XH\0\0\0\0\0\0\0\0\0C\0\0\0\0\x0a\0" + bytes(14) + b"\r" + b" 1234567890",
    )  # fmt: skip


def _bomb(chance: random.Random, good: Good, _: str) -> File:
    return f"{good.name}.{chance.choice(('xlsx', 'csv'))}", chance.choice(bombs())


def _zip_trouble(chance: random.Random, good: Good, _: str) -> File:
    content = bytearray(workbook((good.name, good.rows)))
    directory = content.index(b"PK\x01\x02")
    place = directory + chance.choice((8, 10, 16, 20, 24, 28, 42))
    content[place : place + 2] = chance.randbytes(2)
    return f"{good.name}.xlsx", bytes(content)


def _other_packing(chance: random.Random, good: Good, _: str) -> File:
    method = chance.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_STORED))
    return f"{good.name}.xlsx", raw_xlsx(sheet_markup("<row/>"), method=method)


def _entities(chance: random.Random, markup: str) -> str:
    declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    place = chance.choice(("before", "inside"))
    return declared + markup if place == "before" else markup.replace("<v>", f"<v>{declared}&b;&c;", 1)


def _odd_markup(chance: random.Random, markup: str) -> str | bytes:
    changes: tuple[Callable[[str], str | bytes], ...] = (
        lambda text: text.replace('"', "'"),
        lambda text: text.replace("<c ", "<c xml:space='preserve' "),
        lambda text: text.replace("<v>", "<f>1+1</f><v>", 3),
        lambda text: text.replace("<v>", "<f>1+1</f><w>", 1),
        lambda text: text.replace("<sheetData>", "<!-- <sheetData> --><sheetData>"),
        lambda text: text.replace("<v>", "<v><![CDATA[", 2).replace("</v>", "]]></v>", 2),
        lambda text: text.replace('t="str"', 't="s"'),
        lambda text: text.replace('t="str"', 't="b"'),
        lambda text: text.replace('t="str"', 't="e"'),
        lambda text: text.replace('t="str"', 't="d"'),
        lambda text: text.replace('t="str"', 's="999999"'),
        lambda text: text.replace('<row r="2"', '<row r="2" hidden="1"'),
        lambda text: text.replace('<row r="2"', '<row r="1"'),
        lambda text: text.replace('r="A', 'r="ZZZ'),
        lambda text: text.replace("</row>", "", 1),
        lambda text: text.replace("</sheetData>", ""),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("gb18030"),
        lambda text: text.replace("</worksheet>", '<mergeCells><mergeCell ref="A1:C9"/></mergeCells></worksheet>'),
    )
    return chance.choice(changes)(markup)


WAYS: dict[str, Callable[[random.Random, Good, str], File]] = {
    "nothing changed": _cells(lambda chance, rows: None),
    "strange cells": _cells(_strange),
    "formulas": _cells(_formula),
    "numbers for texts": _cells(_numbers),
    "headings swapped": _cells(_swap_headings),
    "column lost": _cells(_lose_column),
    "headings lost": _cells(_lose_headings),
    "column twice": _cells(_double_heading),
    "rows twice": _cells(_double_rows),
    "blank rows": _cells(_blank_rows),
    "title and totals": _cells(_title_and_totals),
    "rows shuffled": _cells(_shuffle),
    "cut": _bytes(_cut),
    "bits flipped": _bytes(_flip_bits),
    "block of noughts": _bytes(_zero_block),
    "blocks swapped": _bytes(_swap_blocks),
    "noise put in": _bytes(_insert_noise),
    "repeated": _bytes(_repeat),
    "two encodings": _bytes(_mixed_encoding),
    "wrong encoding": _wrong_encoding,
    "wrong ending": _wrong_name,
    "another kind of file": _other_file,
    "bombs and giants": _bomb,
    "directory of the zip": _zip_trouble,
    "other packing": _other_packing,
    "entities": _markup(_entities),
    "odd markup": _markup(_odd_markup),
}
RARE = frozenset(("bombs and giants",))
"""Ways that take long: one in a hundred."""


def mangled(seed: int) -> tuple[str, str, File]:
    """One mangled copy: the way, the format it started from, and the file."""
    from tests.faults.good_sheets import FORMATS, draw

    chance = random.Random(seed)
    ways = [way for way in WAYS if way not in RARE]
    way = chance.choice(tuple(RARE)) if chance.random() < 0.01 else chance.choice(ways)
    kind = chance.choice(FORMATS)
    return way, kind, WAYS[way](chance, draw(chance), kind)
