"""照片规格: the shipped ones load and name their clause; what is wrong is refused with file, line and remedy."""

from pathlib import Path

import pytest
import yaml

from biye.photos.core import catalogue, specification
from biye.photos.core.register import CHECKS
from biye.photos.core.specification import Specification, load
from biye.seasons.core.folder import SHIPPED, shipped_schools
from biye.seasons.core.trouble import SchoolRefused

NOTICE = (SHIPPED / "cslg-adult/photos/2021-summer.yaml").read_text()
SHIPPED_STEMS = [f"{school}/{stem}" for school in shipped_schools() for stem in specification.stems(SHIPPED / school)]
SAID_IN_THE_NOTICE = {
    "pixel_size": "数字化图像文件规格为高640像素*宽480像素",
    "resolution": "分辨率300dpi",
    "colour_depth": "24位真彩色",
    "quality": "压缩品质系数不低于60",
    "file_size": "压缩后文件大小一般在20KB至40KB",
    "head_top": "头顶发际距上边沿50像素至110像素",
    "eye_line": "眼睛所在位置距上边沿200像素至300像素",
    "face_width": "脸部宽度（两脸颊之间）180像素至300像素",
    "background_colour": "背景选用淡蓝色（RGB<100，197，255>）",
}


@pytest.mark.parametrize("name", SHIPPED_STEMS)
def test_every_shipped_specification_loads_and_names_its_sources(name: str) -> None:
    found = load(name)
    assert all(limit.says and found.document(limit.source) for limit in found.limits.values())
    assert all(found.document(question.source) for question in found.questions.values())


def test_the_notice_s_numbers_stand_with_the_sentence_they_come_from(notice: Specification) -> None:
    assert {name: notice.limits[name].says for name in SAID_IN_THE_NOTICE} == SAID_IN_THE_NOTICE


def test_every_check_there_is_has_a_name_and_is_asked_for_by_the_notice(notice: Specification) -> None:
    assert list(notice.limits) == list(CHECKS)
    assert set(catalogue.LABELS) == set(CHECKS)


def test_a_variant_changes_what_it_says_and_keeps_the_rest(notice: Specification) -> None:
    white = load("cslg-adult/2021-summer.white")
    changed = {name for name, limit in white.limits.items() if limit != notice.limits[name]}
    assert changed == {"background_colour"}
    assert white.limits["background_colour"].colour == (255, 255, 255)
    assert white.questions == notice.questions
    assert white.digest != notice.digest


def test_a_variant_drops_what_it_writes_as_empty(tmp_path: Path) -> None:
    (tmp_path / "2021-summer.yaml").write_text(NOTICE)
    variant = tmp_path / "2021-summer.plain.yaml"
    variant.write_text("based_on: 2021-summer\nchecks: {white_top: }\nquestions: {clothes: }\n")
    found = load(str(variant))
    assert "white_top" not in found.limits
    assert "clothes" not in found.questions
    assert len(found.limits) == len(CHECKS) - 1


def test_the_digest_changes_with_every_limit(tmp_path: Path, notice: Specification) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(NOTICE)
    assert load(str(file)).digest == notice.digest
    file.write_text(NOTICE.replace("least: 200, most: 300", "least: 200, most: 301"))
    assert load(str(file)).digest != notice.digest


@pytest.mark.parametrize(
    ("old", "new", "line_of", "said"),
    [
        ("  eye_line:", "  eyeline:", "eyeline", "不认识的键「eyeline」"),
        ("band: {least: 200", "band: {lest: 200", "lest", "不认识的键「lest」"),
        ("    dpi: 300\n", "", "resolution", "缺少「dpi」"),
        ("    dpi: 300\n", "    dpi: 300.5\n", "dpi: 300.5", "「dpi」"),
        ("least: 200, most: 300, doubt: 7", "least: 200, most: 210, doubt: 7", "most: 210", catalogue.NOTHING_PASSES),
        ("pass_from: 0.22", "pass_from: viel", "viel", catalogue.NOT_A_NUMBER),
        ("document: notice, clause: 四.8", "document: letter, clause: 四.8", "letter", "「letter」没有列出"),
        ("consistent_from: 0.60", "consistent_from: 0.30", "consistent_from: 0.30", catalogue.THRESHOLDS_CROSSED),
        ("colour: [100, 197, 255]", "colour: [100, 197, 256]", "256", "256"),
        ("title: 毕业生电子注册照片\n", "", "", "缺少「title」"),
        ("dpi: 300", "dpi: 300\n    dpi: 301", "dpi: 301", "写了两次"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(tmp_path: Path, old: str, new: str, line_of: str, said: str) -> None:
    assert old in NOTICE
    text = NOTICE.replace(old, new, 1)
    file = tmp_path / "x.yaml"
    file.write_text(text)
    with pytest.raises(SchoolRefused) as refused:
        load(str(file))
    troubles = refused.value.troubles
    assert any(said in f"{trouble.message}{trouble.remedy}" for trouble in troubles)
    lines = text.splitlines()
    expected = next((number for number, line in enumerate(lines, 1) if line_of and line_of in line), 0)
    assert expected in {trouble.line for trouble in troubles}


def test_a_specification_that_cannot_be_made_to_order_must_say_so(tmp_path: Path) -> None:
    content = yaml.safe_load(NOTICE)
    del content["checks"]["eye_line"]
    file = tmp_path / "x.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True))
    with pytest.raises(SchoolRefused) as refused:
        load(str(file))
    assert "eye_line（眼睛位置）" in str(refused.value)
    content["standardise"] = False
    file.write_text(yaml.safe_dump(content, allow_unicode=True))
    assert not load(str(file)).standardise


@pytest.mark.parametrize(
    "name", ["cslg-adult/2099-winter", "no-such-school/2021-summer", "2021-summer", "nothing.yaml"]
)
def test_a_name_that_leads_nowhere_is_refused(name: str) -> None:
    with pytest.raises(SchoolRefused):
        load(name)


@pytest.mark.parametrize("stem", ["../2021-summer", "[a]", "missing"])
def test_a_base_is_looked_for_in_the_same_folder_only(tmp_path: Path, stem: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(f"based_on: {stem}\n")
    with pytest.raises(SchoolRefused):
        load(str(file))
