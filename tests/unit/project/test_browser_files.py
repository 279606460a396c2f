"""页面文件: exactly the wanted files of npm's folder are served."""

from pathlib import Path

from django.contrib.staticfiles import finders

from biye.project.browser_files import BrowserFilesFinder


def finder() -> BrowserFilesFinder:
    return BrowserFilesFinder()


def test_every_wanted_file_is_where_npm_put_it() -> None:
    assert finder().check() == []


def test_a_missing_folder_is_an_error_that_says_what_to_do(settings, tmp_path: Path) -> None:  # noqa: ANN001
    settings.BROWSER_FILES = tmp_path
    (error,) = finder().check()
    assert (error.id, error.hint) == ("biye.E001", "make setup")


def test_listing_and_finding_agree() -> None:
    listed = {f"{storage.prefix}/{name}": storage.path(name) for name, storage in finder().list([])}
    assert listed == {address: str(path) for address, path in finder().sources().items()}
    assert {address: finders.find(address) for address in listed} == listed


def test_nothing_else_of_a_package_is_served() -> None:
    assert (Path("node_modules") / "@tabler/core/dist/css/tabler.css").exists()
    assert finders.find("tabler/tabler.css") is None
