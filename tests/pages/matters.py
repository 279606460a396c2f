"""办理: what the tests of record check, corrections and objections have in common."""

import io
from datetime import datetime

import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from biye.accounts.core.asker import Asker
from biye.accounts.models.user import User
from biye.accounts.queries.seats import seats_of
from biye.casework.actions.acting import act_on
from biye.casework.core.words import Event, Kind
from biye.casework.models.case import Case
from biye.foundation.moments import moment
from tests.pages.people import signed_in
from tests.pages.season import World

IN_TIME: datetime = moment("2022-06-13 20:00")
TOO_LATE: datetime = moment("2022-06-15 24:00")
EVIDENCE = ("个人申请", "身份证", "户口簿（含变更更正页）")


def asker(user: User) -> Asker:
    return seats_of(user.pk)[0]


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def picture(seed: int = 1, kind: str = "JPEG", size: tuple[int, int] = (320, 240)) -> bytes:
    """A picture unlike any other of another seed."""
    pixels = np.random.default_rng(seed).integers(0, 255, (size[1] // 8, size[0] // 8, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).resize(size).save(buffer, kind)
    return buffer.getvalue()


def upload(content: bytes, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page(client: Client, address: str) -> str:
    return text(client.get(address))


def cost(client: Client, address: str) -> int:
    """How many queries a page takes, once what a process keeps is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def after(answer: HttpResponse, client: Client) -> str:
    """What is on screen after a form was sent."""
    assert answer.status_code == 302, answer.status_code
    return page(client, answer.headers["Location"])


def correction(world: World, at: datetime = IN_TIME, *, field: str = "姓名", new: str = "林小晓") -> Case:
    """One that 林晓 has handed in with all its evidence."""
    client = signed_in(world.people.student)
    client.post(f"/my/corrections/new/?field={field}", {"new": new, "cause": "changed", "changed_on": "2021-03-01"})
    case = Case.objects.get(kind=Kind.CORRECTION, about=field)
    for number, label in enumerate(case.form["needs"]):
        client.post(f"/my/cases/{case.pk}/files/", {"label": label, "file": upload(picture(number))})
    client.post(f"/my/corrections/{case.pk}/submit/")
    case.refresh_from_db()
    return case


def forwarded(world: World, case: Case, at: datetime = IN_TIME) -> Case:
    """On the college's desk: the paper came, every original was checked."""
    teacher = asker(world.people.centre)
    act_on(case.pk, Event.RECEIVE_PAPER, by=teacher, at=at)
    signed_in(world.people.centre).post(
        f"/cases/{case.pk}/correction/forward/", {"checked": case.form["needs"], "seen": 2}
    )
    case.refresh_from_db()
    return case
