"""新建学校: a school folder to begin with, copied from the commented template, which checks clean as it stands."""

import shutil
from pathlib import Path

from biye.seasons.core.folder import SHIPPED
from biye.seasons.core.trouble import SchoolRefused, Trouble

TEMPLATE = SHIPPED / "_template"
NAME = "学校全称"


def found_school(name: str, parent: Path) -> Path:
    """Copy the template to parent/name and put the name in. Raises SchoolRefused where something stands there already."""
    folder = parent / name
    if not name.strip(".") or Path(name).name != name:
        raise SchoolRefused([Trouble.of(name, 0, "not_a_folder_name", name=name)])
    if folder.exists():
        raise SchoolRefused([Trouble.of(str(folder), 0, "exists_already")])
    shutil.copytree(TEMPLATE, folder)
    profile = folder / "school.yaml"
    profile.write_text(profile.read_text("utf-8").replace(NAME, name), "utf-8")
    return folder
