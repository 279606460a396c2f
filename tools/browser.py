"""Browser 浏览器: find a Chromium on this machine, or install one where that is allowed."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")
INSTALL_COMMAND = f"apt-get update && apt-get install -y {' '.join(PACKAGES)}"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The path of the first Chromium on the PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install_if_missing() -> None:
    """Install Chromium with the system's packages when root may; say so and go on otherwise."""
    if find():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"no Chromium here; the browser tests will be left out. To have one: {INSTALL_COMMAND}")
        return
    say("installing Chromium and Chinese fonts")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["sh", "-c", INSTALL_COMMAND], env=environment, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        say(f"Chromium could not be installed; the browser tests will be left out. By hand: {INSTALL_COMMAND}")


def say(what: str) -> None:
    print(f"set-up: {what}", flush=True)
