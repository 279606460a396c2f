"""缺少模型文件: the photo check stops and says so; the command line, uploads and the audit go on, and the photo is 待核实."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from typer.testing import CliRunner, Result

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.accounts.models.user import Seat, User
from biye.audit.actions.rules import adopt_rules
from biye.audit.actions.run_audit import run_audit
from biye.audit.models.run import Outcome, Rules, Run
from biye.audit.queries.rules import read_rules
from biye.cli.app import app
from biye.foundation.actor import SYSTEM
from biye.foundation.terms import term
from biye.foundation.verdicts import Verdict
from biye.photos.actions.uploading import upload_photo
from biye.photos.core import carriers
from biye.photos.models.photo import Photo
from biye.records.models.student import Student
from biye.seasons.core.folder import SHIPPED
from biye.seasons.models.season import Season
from tests import photo_files

STEM = "2021-summer"
AT = datetime(2021, 6, 20, 12, tzinfo=UTC)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The model files, one missing and one altered by a bit."""
    folder = Path(shutil.copytree(carriers.usual_folder(), tmp_path / "models"))
    (folder / carriers.MESH.name).unlink()
    content = bytearray((folder / carriers.PERSON.name).read_bytes())
    content[1000] ^= 1
    (folder / carriers.PERSON.name).write_bytes(content)
    return folder


@pytest.fixture
def biye(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, broken: Path) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BIYE_PHOTO_MODELS", str(broken))
    return lambda *arguments: CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "x.JPG", "--out", "report.jsonl"),
        ("standardise", "x.JPG", "--out", "made"),
        ("compare", "x.JPG", "x.JPG"),
        ("swap", "photos", "photos", "--out", "swap.jsonl"),
        ("calibrate", "photos", "--out", "curve.jsonl"),
    ],
)
def test_every_photo_command_says_which_files_and_what_to_do_and_does_nothing(
    biye: Callable[..., Result], arguments: tuple[str, ...]
) -> None:
    Path("x.JPG").write_bytes(photo_files.good())
    Path("photos").mkdir()
    before = sorted(Path().iterdir())
    result = biye("photo", *arguments)
    assert result.exit_code == 2
    assert "缺少模型文件 face_landmark.tflite。请在安装目录运行 make setup。" in result.output
    assert "模型文件 selfie_segmentation.tflite 与登记的 SHA-256 不符。请删去该文件后运行 make setup。" in result.output
    assert sorted(Path().iterdir()) == before


def test_the_other_commands_go_on(biye: Callable[..., Result]) -> None:
    assert biye("school", "check", "cslg-adult").exit_code == 0
    sample = ("--school", "cslg-adult", "--season", STEM, "--students", "5", "--seed", "1", "--out", "data")
    assert biye("sample", *sample).exit_code == 0
    assert biye("audit", "--school", "cslg-adult", "--season", STEM, "--data", "data").exit_code == 0


@pytest.fixture
def teacher(transactional_db: None, settings: LazySettings, broken: Path) -> Asker:
    settings.SCHOOL_FOLDER = SHIPPED / "cslg-adult"
    settings.PHOTO_MODELS = broken
    user = User.objects.create(username="wang", name="王老师")
    seat = Seat.objects.create(user=user, role=Role.COLLEGE)
    known = {"level": "专升本", "mode": "函授", "entry": term("2019春"), "status": "在籍"}
    Student.objects.create(student_no="S1", name="林晓", identity_number=photo_files.NUMBER, **known)
    return Asker(user.pk, "王老师", Role.COLLEGE, seat.pk)


@pytest.mark.django_db(transaction=True)
class TestAudit:
    def test_the_photo_waits_to_be_verified_until_it_could_be_checked(
        self, teacher: Asker, settings: LazySettings
    ) -> None:
        red = photo_files.altered(photo_files.behind(photo_files.plain(220, 40, 40)))(0)
        season = Season.objects.create(stem=STEM, label="2021年夏季", term=4042, opened_at=AT)
        rules = adopt_rules(season.pk, SHIPPED / "cslg-adult", by=SYSTEM, at=AT)

        def upload(number: int) -> Photo:
            details = {"purpose": Photo.Purpose.GRADUATION, "name": photo_files.NAME, "stem": STEM}
            return upload_photo("S1", data=red, by=teacher, at=AT + timedelta(hours=number), **details)

        photo = upload(0)
        assert photo.answer == "review"
        assert verdict(rules, AT + timedelta(hours=1)) is Verdict.UNKNOWN
        # The same file with the networks there: it would have been refused.
        settings.PHOTO_MODELS = carriers.usual_folder()
        assert upload(2).answer == "fail"
        assert verdict(rules, AT + timedelta(hours=3)) is Verdict.NOT_MET


def verdict(rules: Rules, at: datetime) -> Verdict:
    """What an audit at that moment says of the only student's photo."""
    run: Run = run_audit(rules.pk, by=SYSTEM, at=at, now=at)
    place = [rule.id for rule in read_rules(rules).programme.rules].index("photo_specification")
    outcome = Outcome.objects.get(run=run)
    bits = {Verdict.NOT_MET: outcome.not_met, Verdict.UNKNOWN: outcome.unknown}
    return next((one for one, bit in bits.items() if bit >> place & 1), Verdict.MET)
