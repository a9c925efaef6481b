"""The shared libraries that Qt takes from a Linux system: those that are missing, and Debian's packages for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from dev_steps import system_packages
from dev_steps.console import SetupError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# Debian's packages for drawing nowhere, into an X11 window, into a Wayland window: they bring all others. By their
# names on Debian 12, to which later releases answer too.
PACKAGES = {
    "offscreen": ("libegl1", "libgl1", "libopengl0", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0"),
    "xcb": ("libx11-xcb1", "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-glx0", "libxcb-icccm4", "libxcb-image0",
            "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-sync1",
            "libxcb-xfixes0", "libxcb-xinerama0", "libxcb-xkb1"),
    "wayland": ("libwayland-client0", "libwayland-cursor0", "libwayland-egl1"),
}  # fmt: skip

# What Qt loads for each of these, within PySide6's folder.
FILES = {
    "offscreen": ("Qt*Widgets.abi3.so", "QtSvg.abi3.so", "Qt/plugins/platforms/libqoffscreen.so"),
    "xcb": ("Qt/plugins/platforms/libqxcb.so", "Qt/plugins/xcbglintegrations/*.so"),
    "wayland": ("Qt/plugins/platforms/libqwayland*.so", "Qt/plugins/wayland-shell-integration/*.so"),
}


def has_display(environ: Mapping[str, str] | None = None, system: str = sys.platform) -> bool:
    """Return whether a window can be shown: always on Windows and macOS, with an X11 or Wayland server elsewhere."""
    environ = os.environ if environ is None else environ
    return system in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def find_needed_platforms(environ: Mapping[str, str] | None = None) -> set[str]:
    """Return the ways in which Qt will draw here: keys of `FILES`."""
    environ = os.environ if environ is None else environ
    shown = {"xcb": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}
    return {"offscreen"} | {platform for platform, variable in shown.items() if environ.get(variable)}


def missing(site_packages: Path, platforms: Iterable[str]) -> list[str]:
    """Return the libraries that Qt asks for and the system does not have, by asking `ldd`."""
    ldd = shutil.which("ldd")
    folder = site_packages / "PySide6"
    files = [str(path) for way in sorted(platforms) for pattern in FILES[way] for path in folder.glob(pattern)]
    if ldd is None or not files:
        return []
    # Its exit code is no help: it is 0 for libraries not found.
    process = subprocess.run([ldd, *files], capture_output=True, text=True, errors="replace", check=False)
    return read_missing(process.stdout)


def read_missing(ldd_output: str) -> list[str]:
    """Return the names that `ldd` marks as not found, each once, without Qt's own."""
    names = {line.split("=>")[0].strip() for line in ldd_output.splitlines() if "=> not found" in line}
    return sorted(name for name in names if not name.startswith("libQt6"))


def ensure(site_packages: Path, platforms: Iterable[str]) -> None:
    """See that Qt finds its libraries: as root on Debian install what is missing.

    Raises:
        SetupError: Libraries are missing and we may not, or cannot, install them.
    """
    platforms = sorted(platforms)
    lacking = missing(site_packages, platforms) if sys.platform.startswith("linux") else []
    if not lacking:
        return
    packages = [package for platform in platforms for package in PACKAGES[platform]]
    is_debian = system_packages.is_debian()
    if is_debian and system_packages.is_root() and system_packages.apt_install(packages):
        lacking = missing(site_packages, platforms)
    if lacking:
        cure = system_packages.apt_line(packages) if is_debian else "your distribution's packages for them"
        raise SetupError(f"Qt needs libraries that this system lacks: {', '.join(lacking)}. Install them, then start "
                         f"again:\n    {cure}")  # fmt: skip
