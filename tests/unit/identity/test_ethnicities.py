"""民族 in the ways people write it."""

import pytest

from biye.foundation.ethnicities import ETHNICITIES, ethnicity


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("汉族", "汉族"),
        ("汉", "汉族"),
        ("01", "汉族"),
        ("1", "汉族"),
        ("毛难族", "毛南族"),
        ("毛难", "毛南族"),
        ("崩龙", "德昂族"),
        ("其它", "其他"),
        ("97", "其他"),
        ("外国血统", "外国血统中国籍人士"),
        (" 壮族 ", "壮族"),
        ("汗族", None),
        ("57", None),
        ("", None),
    ],
)
def test_one_name(written: str, standard: str | None) -> None:
    assert ethnicity(written) == standard


def test_every_name_and_code_leads_to_itself() -> None:
    assert [ethnicity(code) for code in ETHNICITIES] == list(ETHNICITIES.values())
    assert [ethnicity(name) for name in ETHNICITIES.values()] == list(ETHNICITIES.values())
    assert (len(ETHNICITIES), ETHNICITIES["15"], ETHNICITIES["56"]) == (58, "土家族", "基诺族")
