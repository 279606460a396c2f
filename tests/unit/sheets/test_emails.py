"""电子邮箱 in a sheet of students: half-width as typed; what cannot be an address is refused and never shown in full."""

from pathlib import Path

import pytest

from biye.machinery.exchange.core.columns import BadValue
from biye.records.core.sheets.students import email
from tests.unit.sheets.reading import SCHOOL, read, told


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("wang@example.edu.cn", "wang@example.edu.cn"),
        ("ｗａｎｇ＠example．edu．cn", "wang@example.edu.cn"),
        ("wang+biye@example.com", "wang+biye@example.com"),
    ],
)
def test_an_address_is_kept_half_width(typed: str, kept: str) -> None:
    assert email(typed) == kept


@pytest.mark.parametrize(
    "typed", ["wang", "wang@example", "@example.com", "a@b.cn,c@d.cn", "王@example.com", "a@b..cn"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadValue) as refused:
        email(typed)
    assert refused.value.code == "not_an_email"


def test_a_row_with_a_bad_address_is_told_without_the_address(tmp_path: Path) -> None:
    sheet = [("学号", "姓名", "层次", "电子邮箱"), ("2001", "林晓", "专升本", "lin at example.com")]
    _, problems = read(tmp_path, {**SCHOOL, "学生.csv": sheet})
    assert ("not_an_email", 2, 1) in told(problems)
    assert [problem.value for problem in problems if problem.code == "not_an_email"] == ["lin***********.com"]
