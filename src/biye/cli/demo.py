"""Demonstration 演示: two invented schools side by side, each an installation of its own, audited and served."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from biye.foundation.moments import moment

app = typer.Typer(add_completion=False)
SOURCE = Path(__file__).resolve().parent.parent
BIYE = Path(sys.executable).with_name("biye")
HOST = "127.0.0.1"
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Site:
    """演示网站: a school, its season, when the office did its work, and when the visitor comes."""

    school: str
    season: str
    audited: str
    visited: str
    seed: int


SITES = (
    Site("tju-online", "2022-autumn", "2022-06-13 09:00", "2022-06-13 20:00", 20221),
    Site("cslg-adult", "2021-summer", "2021-06-18 09:00", "2021-06-18 20:00", 20211),
)


@app.command()
def demo(
    students: Annotated[int, typer.Option(min=20, max=100_000, help="每所学校编造多少名学生。")] = 2000,
    port: Annotated[int, typer.Option(min=1024, max=65_000, help="第一个网站的端口；第二个用下一个。")] = 8001,
    folder: Annotated[Path, typer.Option(help="演示数据放在哪里。")] = Path(".demo"),
    fresh: Annotated[bool, typer.Option("--fresh", help="丢掉以前的演示数据，从头来过。")] = False,
    serve: Annotated[bool, typer.Option(help="准备好之后启动网站。")] = True,
) -> None:
    """演示：两所学校各一个网站，学生全部是编造的；第二次运行直接使用上次的数据。"""
    ports = range(port, port + len(SITES))
    if serve and (taken := [number for number in ports if is_taken(number)]):
        typer.echo(f"端口 {'、'.join(map(str, taken))} 已被占用，请用 --port 另选一个。", err=True)
        raise typer.Exit(2)
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    places = [folder.resolve() / site.school for site in SITES]
    environments = [environment(site, place) for site, place in zip(SITES, places, strict=True)]
    collect_static(environments[0], folder.resolve())
    prepare(places, environments, students)
    show(places, ports)
    if serve:
        with serving(places, environments, ports):
            typer.echo("按 Ctrl+C 结束。")
            signal.pause()


def environment(site: Site, place: Path) -> dict[str, str]:
    """The installation a site is."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("BIYE_")}
    return own | {
        "BIYE_SCHOOL": site.school,
        "BIYE_DATA_DIR": str(place),
        "BIYE_STATIC_DIR": str(place.parent / "static"),
        "BIYE_DEMO": "true",
        "BIYE_DEMO_MOMENT": site.audited,
        "BIYE_HTTPS": "false",
        "DJANGO_SETTINGS_MODULE": "biye.project.settings",
    }


def collect_static(site: dict[str, str], folder: Path) -> None:
    """Once for both sites; again when a file of the pages changed."""
    files = [path for path in (SOURCE / "web" / "static").rglob("*") if path.is_file()]
    files += [SOURCE / "project" / "browser_files.py"]
    files += Path("package-lock.json").exists() * [Path("package-lock.json")]
    if not is_stale(folder / "static.stamp", stamp := digest(files)):
        return
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "static", ignore_errors=True)
    run_all([["django", "collectstatic", "--noinput", "--verbosity", "0"]], [site])
    (folder / "static.stamp").write_text(stamp)


def prepare(places: list[Path], environments: list[dict[str, str]], students: int) -> None:
    """Fill, side by side, each site that is not there yet or whose school, tables or number of students changed."""
    stamps = [stamp_of(site, students) for site in SITES]
    stale = [index for index, place in enumerate(places) if is_stale(place / "ready", stamps[index])]
    if not stale:
        return
    typer.echo(f"正在编造学生、导入、审查并公布：每校 {students:,} 人……")
    for index in stale:
        shutil.rmtree(places[index], ignore_errors=True)
        places[index].mkdir(parents=True)
    commands = [
        ["biye.cli.demo_data", str(places[index]), SITES[index].season, str(students), str(SITES[index].seed)]
        for index in stale
    ]
    run_all(commands, [environments[index] for index in stale])
    for index in stale:
        (places[index] / "ready").write_text(stamps[index])


def stamp_of(site: Site, students: int) -> str:
    """What a site was filled from: its school's files and the tables' shape."""
    school = [path for path in (SOURCE / "schools" / site.school).rglob("*") if path.is_file()]
    return f"{site} {students} {digest(school + list(SOURCE.glob('**/migrations/*.py')))}"


def digest(files: list[Path]) -> str:
    """What stands in some files."""
    total = sha256()
    for path in sorted(files):
        total.update(str(path.name).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def is_stale(stamp: Path, wanted: str) -> bool:
    return not stamp.exists() or stamp.read_text() != wanted


def run_all(commands: list[list[str]], environments: list[dict[str, str]]) -> None:
    """Run Python modules side by side; stop with the first failure."""
    running = [
        subprocess.Popen([sys.executable, "-m", *command], env=env)
        for command, env in zip(commands, environments, strict=True)
    ]
    failed = [process for process in running if process.wait() != 0]
    if failed:
        typer.echo("演示没有准备好，原因见上。", err=True)
        raise typer.Exit(1)


def is_taken(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex((HOST, port)) == 0


def show(places: list[Path], ports: range) -> None:
    """Addresses and logins."""
    console = Console()
    for place, port in zip(places, ports, strict=True):
        site = json.loads((place / "logins.json").read_text())
        table = Table(title=f"{site['school']}  http://{HOST}:{port}/", title_justify="left", title_style="bold")
        for heading in ("身份", "姓名", "用户名", "密码"):
            table.add_column(heading)
        for login in site["logins"]:
            table.add_row(login["role"], login["name"], login["username"], login["password"])
        console.print(table)


@contextmanager
def serving(places: list[Path], environments: list[dict[str, str]], ports: range) -> Iterator[None]:
    """A server and a worker for each site, ended together."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    moments = [moment_of(site, place) for site, place in zip(SITES, places, strict=True)]
    began = time.monotonic()
    processes = []
    for site, beginning, port in zip(environments, moments, ports, strict=True):
        at_work = site | {"BIYE_DEMO_MOMENT": show_moment(beginning)}
        server = ["granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "1"]
        server += ["--blocking-threads", "4", "--log-level", "warning", "biye.project.wsgi:application"]
        processes.append(subprocess.Popen([sys.executable, "-m", *server], env=at_work))
        processes.append(subprocess.Popen([str(BIYE), "work"], env=at_work))
    try:
        wait_for(ports)
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(PATIENCE)
        for place, beginning in zip(places, moments, strict=True):
            # The next visit goes on from here: what was done now must not lie in its future.
            later = beginning + timedelta(seconds=time.monotonic() - began, minutes=1)
            (place / "moment").write_text(show_moment(later))


def moment_of(site: Site, place: Path) -> datetime:
    """When this visit begins."""
    kept = place / "moment"
    return moment(kept.read_text() if kept.exists() else site.visited)


def show_moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


def wait_for(ports: range) -> None:
    """Until every site answers."""
    deadline = time.monotonic() + PATIENCE
    while not all(is_taken(port) for port in ports):
        if time.monotonic() > deadline:
            typer.echo("网站没有启动，原因见上。", err=True)
            raise typer.Exit(1)
        time.sleep(0.1)
