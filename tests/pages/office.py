"""办公室: an officer at the desk of a school that was imported and audited, at a moment of the season."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.audited_school import LATER, AuditedSchool, audited_school
from tests.pages.people import People, signed_in

STUDENTS = 40


@dataclass(frozen=True, slots=True)
class Office:
    """The school, the officer's browser, and that of a teacher who has no business there."""

    school: AuditedSchool
    officer: Client
    teacher: Client


def open_office(folder: Path, people: People, settings: Settings, at: datetime = LATER) -> Office:
    """Audit a school at noon; whoever looks at a page does so at `at`."""
    settings.CLOCK_OFFSET = at - timezone.now()
    return Office(audited_school(folder, STUDENTS), signed_in(people.college), signed_in(people.centre))


class Answer(Protocol):
    """What a browser got."""

    @property
    def content(self) -> bytes: ...


def text(answer: Answer) -> str:
    """What a page says."""
    return answer.content.decode()
