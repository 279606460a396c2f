"""恶意与异常文件: each refused by name or read harmlessly, before anything large is made of it."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from biye.foundation.errors import Refused
from biye.photos.core import carriers, opening, specification
from biye.photos.core.examination import examine
from biye.photos.core.networks import Networks
from biye.photos.core.opening import open_photo
from biye.photos.core.standard.making import make
from tests import photo_files
from tests.architecture.tree import ROOT
from tests.faults.photos.hostile_files import FOUND, REFUSED, Make, segment
from tests.photo_files import encoded

# Much less than one of the giants would take, and more than any honest photo of the table does.
MOST_GROWTH = 60_000


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        open_photo(data, "x.jpg", longest=1280)
    (reason,) = refused.value.reasons
    return reason.code


@pytest.mark.parametrize(("made", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_hostile_file_is_refused_by_name(made: Make, code: str) -> None:
    assert refusal(made()) == code


@pytest.mark.parametrize(("made", "check", "reason"), FOUND.values(), ids=FOUND.keys())
def test_an_odd_file_is_read_and_its_oddness_found(made: Make, check: str, reason: str) -> None:
    notice = specification.load(specification.USUAL)
    found = examine(made(), photo_files.NAME, notice, None)
    assert found.refused is None
    assert found.finding(check).reason == reason


def test_the_whole_table_is_opened_within_little_memory(tmp_path: Path) -> None:
    """In a process of its own, so that nothing else's memory hides what a file takes."""
    for name, (made, *_) in {**REFUSED, **FOUND}.items():
        (tmp_path / name).write_bytes(made())
    command = [sys.executable, "-m", "tests.faults.photos.hostile_files", str(tmp_path)]
    done = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    assert done["became"] == {name: code for name, (_, code) in REFUSED.items()} | dict.fromkeys(FOUND, "read")
    assert done["grown"] < MOST_GROWTH


@pytest.mark.parametrize("kind", ["MPO", "WEBP"])
def test_of_several_pictures_in_a_file_the_first_is_made_into_a_photo(kind: str) -> None:
    notice, networks = specification.load(specification.USUAL), Networks(carriers.usual_folder())
    wall = photo_files.altered(photo_files.behind(photo_files.plain(196, 190, 180)))
    portrait, other = (Image.open(io.BytesIO(data)) for data in (wall(0), encoded(np.zeros((640, 480, 3), np.uint8))))
    buffer = io.BytesIO()
    portrait.save(buffer, kind, save_all=True, append_images=[other], quality=95)
    made = make(buffer.getvalue(), "x.jpg", notice, networks, made_name=photo_files.NAME)
    assert ("first_picture", {"found": 2}) in [(one.code, one.details) for one in made.operations]
    assert made.examination.finding("one_picture").reason == "within"


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    sparse = tmp_path / "x.jpg"
    with sparse.open("wb") as stream:
        stream.truncate(50_000_000_000)
    with pytest.raises(Refused) as refused:
        opening.read(sparse)
    assert [reason.code for reason in refused.value.reasons] == ["too_many_bytes"]


def test_a_file_that_is_not_there_is_named_so(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        opening.read(tmp_path / "nothing.jpg")
    assert [reason.code for reason in refused.value.reasons] == ["unreadable"]


def test_a_script_in_a_comment_is_read_harmlessly_and_never_written_again() -> None:
    script = b"<script>alert(1)</script>"
    photo = open_photo(segment(0xFE, script), "x.jpg", longest=1280)
    assert photo.pixels.shape == (640, 480, 3)
    assert script not in encoded(photo.pixels)


@pytest.mark.parametrize("seed", range(150))
def test_a_mangled_photo_is_refused_by_name_or_read(seed: int) -> None:
    """Bytes flipped, cut out or put in anywhere: nothing but a named refusal or a picture comes of it."""
    random = np.random.default_rng(seed)
    data = bytearray(encoded(photo_files.portrait().pixels, progressive=bool(seed % 2)))
    for _ in range(int(random.integers(1, 20))):
        place = int(random.integers(2, len(data)))
        kind = random.integers(3)
        if kind == 0:
            data[place] ^= int(random.integers(1, 256))
        elif kind == 1:
            del data[place : place + int(random.integers(1, 200))]
        else:
            data[place:place] = random.bytes(int(random.integers(1, 50)))
    assert outcome(bytes(data)) in {
        *("read", "cut_short", "broken_structure", "broken_picture", "not_a_photo"),
        *("too_many_pixels", "too_many_scans", "too_narrow", "too_small"),
    }


def outcome(data: bytes) -> str:
    try:
        photo = open_photo(data, "x.jpg", longest=1280)
    except Refused as refused:
        return refused.reasons[0].code
    return "read" if photo.pixels.dtype == np.uint8 and max(photo.pixels.shape) <= 1280 else "wrong"
