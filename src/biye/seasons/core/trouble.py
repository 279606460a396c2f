"""学校资料的差错: what is wrong in a school's files, with file, line and remedy; all of it at once."""

from dataclasses import dataclass

from biye.seasons.core.catalogue import TROUBLES


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """差错: one thing to mend. `line` counts from 1; 0 is the file as a whole."""

    file: str
    line: int
    message: str
    remedy: str

    @classmethod
    def of(cls, file: str, line: int, code: str, **details: object) -> "Trouble":
        """From the catalogue."""
        message, remedy = TROUBLES[code]
        return cls(file, line, message.format(**details), remedy.format(**details))

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}：{self.message}。{self.remedy}。"


class SchoolRefused(Exception):
    """学校资料未通过检查."""

    def __init__(self, troubles: list[Trouble]) -> None:
        self.troubles = tuple(sorted(set(troubles)))
        super().__init__("\n".join(map(str, self.troubles)))
