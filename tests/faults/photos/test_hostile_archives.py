"""恶意压缩包: refused before anything is unpacked, or taken in file by file with nothing outside its place."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage

from biye.foundation.errors import Refused
from biye.machinery.jobs.models.job import Job
from biye.photos.actions.receiving import receive_photos, take_in
from biye.photos.models.photo import Photo
from tests import photo_files
from tests.app.photos.people import AT, NUMBERS, STEM, World, populate

pytestmark = pytest.mark.django_db
GOOD = photo_files.good(0)
NAME = f"{NUMBERS[1]}.JPG"


@pytest.fixture
def world(db: None) -> World:
    return populate()


def archive(*files: tuple[str, bytes], deflated: bool = False) -> bytes:
    buffer = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", how) as packed:
        for name, data in files:
            packed.writestr(name, data)
    return buffer.getvalue()


def encrypted() -> bytes:
    """The mark that says so set, in the file and in its directory."""
    content = bytearray(archive((NAME, GOOD)))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def lying() -> bytes:
    """The directory says 2 GB of one file."""
    content = bytearray(archive((NAME, GOOD)))
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 2_000_000_000)
    return bytes(content)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "不是压缩包": (lambda: b"PK\x03\x04 and nothing else", "archive_broken"),
    "目录被截断": (lambda: archive((NAME, GOOD))[:-30], "archive_broken"),
    "加密": (encrypted, "archive_broken"),
    "炸弹：64 MB 的零": (lambda: archive((NAME, bytes(64_000_000)), deflated=True), "archive_broken"),
    "自称 2 GB": (lying, "archive_broken"),
    "两万零一个文件": (lambda: archive(*((f"{number}.JPG", b"") for number in range(20_001))), "archive_broken"),
    "空": (archive, "no_photos_inside"),
}


@pytest.mark.parametrize(("made", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_hostile_archive_is_refused_before_anything_is_unpacked(
    world: World, made: Callable[[], bytes], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        receive_photos(made(), purpose=Photo.Purpose.GRADUATION, stem=STEM, by=world.college, at=AT)
    assert [reason.code for reason in refused.value.reasons] == [code]
    assert not Job.objects.exists()


def became(world: World, *files: tuple[str, bytes]) -> list[list[str]]:
    content = archive(*files)
    taken = take_in(content, purpose=Photo.Purpose.GRADUATION, stem=STEM, by=world.college, at=AT)
    return [[reason.code for reason in one.reasons] for one in taken]


@pytest.mark.parametrize("place", ["../../../", "/etc/", "..\\..\\", "C:\\photos\\", "a/b/c/d/"])
def test_a_path_is_only_a_name(world: World, place: str) -> None:
    """A file is known by its name and kept by its content, wherever the archive would have it."""
    assert became(world, (f"{place}{NAME}", GOOD)) == [[]]
    photo = Photo.objects.get()
    assert photo.name == NAME
    assert ".." not in photo.source.name
    assert default_storage.exists(photo.source.name)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"GIF89a", "not_a_photo"),
        (archive(("x.JPG", GOOD)), "not_a_photo"),
        (GOOD[: len(GOOD) // 2], "cut_short"),
        (GOOD + bytes(26_000_000), "broken_structure"),
    ],
    ids=["空文件", "GIF", "套着的压缩包", "截断", "过大的一张"],
)
def test_a_hostile_file_inside_costs_only_itself(world: World, data: bytes, code: str) -> None:
    assert became(world, (NAME, data), (f"{NUMBERS[2]}.JPG", GOOD)) == [[], [code]]
    assert [photo.student.student_no for photo in Photo.objects.all()] == ["S3"]
