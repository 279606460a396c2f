"""临时数据库: a throw-away server answers, and ends with its maker however that ends."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from tools.postgres import Server

HOLD = "import sys, time\nfrom tools.postgres import Server\nwith Server() as s: print(s.folder, flush=True); time.sleep(60)"
PATIENCE = 10.0


def test_a_server_answers_and_leaves_nothing_behind() -> None:
    with Server() as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("select current_user, inet_server_addr()").fetchone() == ("postgres", None)
        folder = server.folder
        connection.close()
    assert not folder.exists()


def test_a_server_ends_when_its_maker_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True) as maker:
        assert maker.stdout is not None
        folder = Path(maker.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(server, 0)
        maker.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while is_running(server) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(server)
    assert not (folder / "data" / "postmaster.pid").exists()
    shutil.rmtree(folder)


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    # A zombie has ended; nobody here is its parent to say so.
    return state != "Z"
