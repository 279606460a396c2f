"""列选择: which columns to read of a table, told so that a database can hand them over in few, dense pieces.

What a database charges for is each value it hands over, not each byte. Whole numbers of known range are therefore packed
into long words by the query itself, and unpacked here; words are told apart from numbers, so that PostgreSQL can group
by them and SQLite's can be coded in one go.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

WORD_BITS = 62  # one less than a positive int8 has, so that no sum on the way overflows
Packed = npt.NDArray[np.int64]


class Words(NamedTuple):
    """词列: positions in a list of words."""

    codes: npt.NDArray[np.int32]
    words: list[str]


Numbers = Mapping[str, Sequence[int]]
"""By name: what goes along with a question that is written once and asked again and again."""
NONE: Numbers = {}
AMONG = "among"
Columns = dict[str, Any]
"""By name: an array for a number or a fixed text, Words for a word."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """方言: how one database says what the other says differently; each with one place for a column."""

    day: str  # days since 1970
    minute: str  # whole minutes since 1970 UTC
    truth: str  # 1 or 0
    fixed: str  # text as so many bytes of GB18030
    listed: str  # a key is one of the numbers given along with the query under a name
    rows: str  # columns, and where from: rows in the order of their ids as one text in JSON


@dataclass(frozen=True, slots=True)
class Number:
    """数: a whole number between `least` and `most`; NULL becomes `unknown`."""

    sql: str
    least: int
    most: int
    kind: type[np.generic]
    unknown: int | None = None
    form: str = ""  # field of Dialect that turns the column into a number

    @property
    def offset(self) -> int:
        """What is taken off, so that the packed number is not negative; nought is left for NULL."""
        return self.least - (self.unknown is not None)

    @property
    def bits(self) -> int:
        """How many bits the packed number takes."""
        return (self.most - self.offset).bit_length()

    def text(self, dialect: Dialect) -> str:
        """The expression, never NULL."""
        sql = getattr(dialect, self.form).format(self.sql) if self.form else self.sql
        return sql if self.unknown is None else f"COALESCE({sql}, {self.offset})"

    def unpacked(self, packed: Packed) -> npt.NDArray[Any]:
        """From the packed numbers."""
        values = packed.astype(self.kind)
        if self.offset:
            values += np.array(self.offset).astype(self.kind)  # wraps round to the right number
        if self.unknown is not None and self.unknown != self.offset:
            values[packed == 0] = self.unknown
        return values


def small(sql: str, least: int = -(1 << 15), most: int = (1 << 15) - 1) -> Number:
    """A smallint."""
    return Number(sql, least, most, np.int16)


def identifier(sql: str, most: int, unknown: int | None = None) -> Number:
    """A key of another row, at most `most`."""
    return Number(sql, 1, max(most, 1), np.int32, unknown)


def day(sql: str, unknown: int) -> Number:
    """A date, as days since 1970."""
    return Number(sql, -719_162, 2_932_896, np.int32, unknown, "day")


def minute(sql: str) -> Number:
    """A moment, as minutes since 1970 UTC; -1 where unknown."""
    return Number(sql, 0, (1 << 32) - 1, np.int64, -1, "minute")


def truth(sql: str) -> Number:
    """Yes, no, or -1 where unknown."""
    return Number(sql, 0, 1, np.int8, -1, "truth")


def amount(sql: str, unknown: int | None = None) -> Number:
    """Money in cents, never negative."""
    return Number(sql, 0, (1 << 52) - 1, np.int64, unknown)


@dataclass(frozen=True)
class Select:
    """一张表的选择: numbers, words and texts of fixed width, by the names they get here."""

    table: str
    key: str  # the student's column
    numbers: dict[str, Number]
    words: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, tuple[str, int]] = field(default_factory=dict)  # column, bytes
    where: str = ""
    _texts: dict[Dialect, str] = field(default_factory=dict, compare=False, repr=False)

    def once(self, dialect: Dialect, make: Callable[[], str]) -> str:
        """The question about some students in a dialect, written by the first who asks it."""
        if dialect not in self._texts:
            self._texts[dialect] = make()
        return self._texts[dialect]

    @cached_property
    def layout(self) -> list[list[tuple[str, int]]]:
        """Which numbers stand in which packed word, and from which bit on."""
        packed: list[list[tuple[str, int]]] = []
        room: list[int] = []
        for name, number in self.numbers.items():
            place = next((at for at, left in enumerate(room) if left >= number.bits), len(room))
            if place == len(room):
                packed.append([])
                room.append(WORD_BITS)
            packed[place].append((name, WORD_BITS - room[place]))
            room[place] -= number.bits
        return packed

    def packed(self, dialect: Dialect) -> list[str]:
        """The expression of each packed word."""
        return [self._packed(word, dialect) for word in self.layout]

    def _packed(self, word: list[tuple[str, int]], dialect: Dialect) -> str:
        terms = []
        for name, shift in word:
            text = self.numbers[name].text(dialect)
            terms.append(f"({text}) * {_big(1 << shift)}" if shift else f"({text})")
        constant = -sum(self.numbers[name].offset << shift for name, shift in word)
        return " + ".join([*terms, _big(constant)])

    def unpack(self, words: list[Packed]) -> Columns:
        """The numbers of rows whose packed words these are."""
        columns: Columns = {}
        for packed, inside in zip(words, self.layout, strict=True):
            for name, shift in inside:
                number = self.numbers[name]
                columns[name] = number.unpacked((packed >> shift) & ((1 << number.bits) - 1))
        return columns

    def condition(self, who: "Who", dialect: Dialect, extra: str = "") -> str:
        """The WHERE clause, empty where everything is asked for."""
        parts = [part for part in (self.where, who.condition(self.key, dialect), extra) if part]
        return f" WHERE {' AND '.join(parts)}" if parts else ""


def _big(value: int) -> str:
    """A literal that both databases read as 64 bits: small ones would overflow in a product of 32."""
    return f"({value})" if abs(value) >= 1 << 31 else f"CAST({value} AS BIGINT)"


@dataclass(frozen=True, slots=True)
class Who:
    """谁: everybody, those with ids from `first` to `last`, or those in `among`, whose numbers go along with the query, so
    that a database prepares a question about one student once.
    """

    first: int | None = None
    last: int | None = None
    among: tuple[int, ...] | None = None

    @property
    def numbers(self) -> Numbers:
        """What goes along with the query."""
        return {} if self.among is None else {AMONG: self.among}

    def condition(self, key: str, dialect: Dialect) -> str:
        """As SQL over the key column; ids are whole numbers, so nothing needs quoting."""
        if self.among is not None:
            return dialect.listed.format(key, AMONG)
        if self.first is not None and self.last is not None:
            return f"{key} BETWEEN {int(self.first)} AND {int(self.last)}"
        return ""


EVERYBODY = Who()


def joined(select: Select, pieces: Iterable[Columns]) -> Columns:
    """Pieces of one table as one; words that pieces share get one place."""
    pieces = list(pieces)
    if len(pieces) == 1:
        return pieces[0]
    columns: Columns = {}
    for name, number in select.numbers.items():
        columns[name] = np.concatenate([np.empty(0, number.kind), *(piece[name] for piece in pieces)])
    for name in select.words:
        columns[name] = _one_list([piece[name] for piece in pieces])
    for name, (_, width) in select.fixed.items():
        columns[name] = np.concatenate([np.empty(0, f"S{width}"), *(piece[name] for piece in pieces)])
    return columns


def _one_list(pieces: list[Words]) -> Words:
    place: dict[str, int] = {}
    codes = [np.empty(0, np.int32)]
    for piece in pieces:
        moved = np.array([place.setdefault(word, len(place)) for word in piece.words], np.int32)
        codes.append(moved[piece.codes] if len(moved) else piece.codes)
    return Words(np.concatenate(codes), list(place))
