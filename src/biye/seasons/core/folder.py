"""学校文件夹: where a school's files are, and its own and its seasons' shapes."""

from pathlib import Path

from biye.seasons.core.reading import Page, read_page, shape
from biye.seasons.core.school import School
from biye.seasons.core.season import Season
from biye.seasons.core.trouble import SchoolRefused, Trouble

SHIPPED = Path(__file__).resolve().parents[2] / "schools"


def shipped_schools() -> list[str]:
    """随附学校: names of the schools that come with the software."""
    return sorted(file.parent.name for file in SHIPPED.glob("[!_]*/school.yaml"))


def school_folder(school: str | Path) -> Path:
    """A shipped school's name, or any folder. Raises SchoolRefused where there is none."""
    for folder in (SHIPPED / str(school), Path(school)):
        if (folder / "school.yaml").is_file():
            return folder
    known = "、".join(shipped_schools())
    raise SchoolRefused([Trouble.of(str(school), 0, "no_school", name=school, known=known)])


def season_stems(folder: Path) -> list[str]:
    """Names of a school's seasons."""
    return sorted(file.stem for file in (folder / "seasons").glob("*.yaml"))


def page_of(folder: Path, *parts: str) -> Page:
    """One file of a school folder, named as the folder's files are named in troubles."""
    return read_page(folder.joinpath(*parts), "/".join((folder.resolve().name, *parts)))


def read_school(folder: Path) -> tuple[School | None, Page]:
    """`school.yaml` as a School, and its page with the troubles."""
    page = page_of(folder, "school.yaml")
    return (None if page.troubles else shape(School, page.content, page)), page


def read_season(folder: Path, stem: str, school: School | None) -> tuple[Season | None, Page]:
    """A season file as a Season, its moments in the school's zone, and its page with the troubles."""
    if stem not in season_stems(folder):
        known = "、".join(season_stems(folder))
        name = folder.resolve().name
        raise SchoolRefused([Trouble.of(name, 0, "no_season", school=name, name=stem, known=known)])
    page = page_of(folder, "seasons", f"{stem}.yaml")
    context = {"zone": school.zone} if school is not None else None
    return (None if page.troubles else shape(Season, page.content, page, context=context)), page


def load_school(school: str | Path) -> School:
    """学校概况 by shipped name or folder. Raises SchoolRefused with every trouble of `school.yaml`."""
    found, page = read_school(school_folder(school))
    if found is None:
        raise SchoolRefused(page.troubles)
    return found
