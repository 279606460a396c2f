"""异议去向: both founding schools' offices, by what school.yaml says that each owns."""

import pytest

from biye.casework.core.routing import Line, Point, owner
from biye.seasons.core.folder import SHIPPED, load_school

SCHOOLS = {name: load_school(SHIPPED / name) for name in ("tju-online", "cslg-adult")}


@pytest.mark.parametrize(
    ("point", "online", "adult"),
    [
        (Point(Line.COURSE, "A1", "必修"), "support", "secondary"),
        (Point(Line.COURSE, "T1", "毕业论文"), "practice", "secondary"),
        (Point(Line.COURSE, "S1", "实践"), "practice", "secondary"),
        (Point(Line.CREDITS), "support", "secondary"),
        (Point(Line.EXAM, "大学英语B"), "records", "secondary"),
        (Point(Line.FIELD, "专业"), "records", "college"),
        (Point(Line.FIELD, "毕业照片"), "records", "college"),
        (Point(Line.OWN, "通讯地址"), "records", "secondary"),
        (Point(Line.PHOTO), "records", "college"),
        (Point(Line.FEE, "学费"), "here", "secondary"),
        (Point(Line.CONCLUSION), "records", "college"),
        (Point(Line.NOTICE), "records", "college"),
    ],
)
def test_an_objection_goes_to_the_office_that_owns_the_figure(point: Point, online: str, adult: str) -> None:
    """Where nobody owns it, it goes to whom the route names."""
    found = {name: owner(point, school.offices, "here") for name, school in SCHOOLS.items()}
    assert found == {"tju-online": online, "cslg-adult": adult}


def test_where_no_route_names_anybody_it_goes_to_the_first_office() -> None:
    assert owner(Point(Line.FEE), SCHOOLS["tju-online"].offices, None) == "support"
    assert owner(Point(Line.FEE), {}, None) == ""


def test_lines_are_told_apart_and_fit_their_column() -> None:
    assert [Point(Line.COURSE, "A1").about, Point(Line.CREDITS).about] == ["course:A1", "credits"]
    assert len(Point(Line.EXAM, "长" * 100).about) == 60
    assert {line.chinese for line in Line} >= {"课程", "统考", "公示结果"}
