"""模型文件: verified by their hash at the start; a missing or altered one stops the feature with a clear sentence."""

import shutil
from pathlib import Path

import pytest

from biye.foundation.errors import Refused
from biye.photos.core import carriers, sentences
from biye.photos.core.networks import Networks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(carriers.usual_folder(), tmp_path / "models"))


def refusals(folder: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        Networks(folder)
    return [sentences.refusal(reason) for reason in refused.value.reasons]


def test_every_file_is_read_when_all_are_as_they_should_be(folder: Path) -> None:
    assert set(carriers.verified(folder)) == {model.name for model in carriers.MODEL_FILES}


@pytest.mark.parametrize("model", carriers.MODEL_FILES, ids=lambda model: model.name)
def test_a_missing_file_is_named(folder: Path, model: carriers.ModelFile) -> None:
    (folder / model.name).unlink()
    assert refusals(folder) == [f"缺少模型文件 {model.name}。请在安装目录运行 make setup。"]


@pytest.mark.parametrize("model", carriers.MODEL_FILES, ids=lambda model: model.name)
def test_a_file_altered_by_one_bit_is_named(folder: Path, model: carriers.ModelFile) -> None:
    content = bytearray((folder / model.name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / model.name).write_bytes(content)
    assert refusals(folder) == [f"模型文件 {model.name} 与登记的 SHA-256 不符。请删去该文件后运行 make setup。"]


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    assert len(refusals(tmp_path)) == len(carriers.MODEL_FILES)
