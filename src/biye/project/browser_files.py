"""页面文件: the third-party files that pages load, served from npm's folder and never copied into the repository."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import utils
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

ICONS = (
    "phone user-circle chevron-down upload download player-play eye search lock bulb clock inbox check alert-triangle "
    "shield-check camera photo"
).split()

# Folder under /static/ → package folder and the files wanted of it, each with the map its last line names.
WANTED = {
    "tabler": ("@tabler/core/dist/css", ("tabler.min.css", "tabler.min.css.map")),
    "tabler/js": ("@tabler/core/dist/js", ("tabler.min.js", "tabler.min.js.map")),
    "echarts": ("echarts/dist", ("echarts.common.min.js",)),
    "icons": ("@tabler/icons/icons/outline", tuple(f"{name}.svg" for name in ICONS)),
    "signature_pad": ("signature_pad/dist", ("signature_pad.umd.min.js", "signature_pad.umd.min.js.map")),
}


class BrowserFilesFinder(BaseFinder):
    """Finds exactly the files that are wanted, so that no package's demos and sources are ever served."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.root: Path = settings.BROWSER_FILES
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        missing = [str(source) for source in self.sources().values() if not source.is_file()]
        if not missing:
            return []
        return [Error(f"Browser files are missing: {', '.join(missing)}", hint="make setup", id="biye.E001")]

    def sources(self) -> dict[str, Path]:
        """Address under /static/ → file."""
        return {
            f"{prefix}/{name}": self.root / folder / name
            for prefix, (folder, names) in WANTED.items()
            for name in names
        }

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        source = self.sources().get(path)
        if source is None or not source.is_file():
            return []
        return [str(source)] if find_all else str(source)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for prefix, (folder, names) in WANTED.items():
            storage = FileSystemStorage(location=self.root / folder)
            storage.prefix = prefix  # type: ignore[attr-defined]  # what collectstatic reads
            for name in names:
                if not utils.matches_patterns(name, list(ignore_patterns or [])):
                    yield name, storage
