"""The shared libraries that Qt takes from a Linux system: those that are missing, and Debian's packages for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path  # noqa: TC003 - needed for types alone; a block for them would be longer

from dev_steps.console import SetupError, run, say

# How Qt draws: the variable that says so (None: it draws nowhere, which it always can), Debian's packages for it, by
# their names on Debian 12, to which later releases answer too, and what Qt loads for it, within PySide6's folder.
WAYS = (
    (None, "libegl1 libgl1 libopengl0 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0",
     "Qt*Widgets.abi3.so QtSvg.abi3.so Qt/plugins/platforms/libqoffscreen.so"),
    ("DISPLAY", ("libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-glx0 libxcb-icccm4 libxcb-image0 "
                 "libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 "
                 "libxcb-xinerama0 libxcb-xkb1"),
     "Qt/plugins/platforms/libqxcb.so Qt/plugins/xcbglintegrations/*.so"),
    ("WAYLAND_DISPLAY", "libwayland-client0 libwayland-cursor0 libwayland-egl1",
     "Qt/plugins/platforms/libqwayland*.so Qt/plugins/wayland-shell-integration/*.so"),
)  # fmt: skip


def ensure_qt(environment: Path, has_windows: bool = True, is_for_others: bool = False) -> None:
    """See that Qt finds its libraries: as root on Debian install what is missing.

    Args:
        environment: The folder of the virtual environment.
        has_windows: Whether Qt shall draw windows on the display, if there is one, and not only pictures.
        is_for_others: Whether what is built here shall draw windows on any display of others.

    Raises:
        SetupError: Libraries are missing and we may not, or cannot, install them.
    """
    ways = [way for way in WAYS if is_for_others or way[0] is None or (has_windows and os.environ.get(way[0]))]
    patterns = [pattern for _, _, files in ways for pattern in files.split()]
    packages = [package for _, packages, _ in ways for package in packages.split()]
    missing = find_missing(environment, patterns)
    if missing and can_install() and apt_install(packages):
        missing = find_missing(environment, patterns)
    if missing:
        line = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
        cure = line if shutil.which("apt-get") else "your distribution's packages for them"
        raise SetupError(f"Qt needs libraries that this system lacks: {', '.join(missing)}. Install them, then start "
                         f"again:\n    {cure}")  # fmt: skip


def has_display() -> bool:
    """Return whether a window can be shown: always on Windows and macOS, with an X11 or Wayland server elsewhere."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(variable or "") for variable, _, _ in WAYS)


def find_missing(environment: Path, patterns: list[str]) -> list[str]:
    """Return the libraries that files of Qt ask for and a Linux system does not have, by asking `ldd`."""
    files = [file for pattern in patterns for file in environment.glob(f"lib/python3*/site-packages/PySide6/{pattern}")]
    if not files or shutil.which("ldd") is None:
        return []
    # Its exit code is no help: it is 0 for libraries not found.
    process = subprocess.run(["ldd", *files], capture_output=True, text=True, errors="replace", check=False)
    names = {line.split("=>")[0].strip() for line in process.stdout.splitlines() if "=> not found" in line}
    return sorted(name for name in names if not name.startswith("libQt6"))


def can_install() -> bool:
    """Return whether we may install Debian's packages without asking for a password."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages as root; return whether apt-get succeeded."""
    say(f"Installing system packages: {' '.join(packages)}")
    # Another apt-get may be at work: wait for it rather than fail.
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    run([*apt, "update"], DEBIAN_FRONTEND="noninteractive")  # without a network the old lists may still do
    return run([*apt, "install", "-y", "--no-install-recommends", *packages], DEBIAN_FRONTEND="noninteractive") == 0
