"""The shared libraries that Qt takes from a Linux system: which are missing, and who brings them."""

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

# Debian's package for each library, by its name on Debian 12; later releases answer to it too.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libGLdispatch.so.0": "libglvnd0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXau.so.6": "libxau6",
    "libXdmcp.so.6": "libxdmcp6",
    "libXext.so.6": "libxext6",
    "libbrotlidec.so.1": "libbrotli1",
    "libbsd.so.0": "libbsd0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libexpat.so.1": "libexpat1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libpng16.so.16": "libpng16-16",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

# What is loaded to draw nowhere, into an X11 window, into a Wayland window. Within PySide6's folder.
FILES = {
    "offscreen": ("Qt*Widgets.abi3.so", "QtSvg.abi3.so", "Qt/plugins/platforms/libqoffscreen.so"),
    "xcb": ("Qt/plugins/platforms/libqxcb.so", "Qt/plugins/xcbglintegrations/*.so"),
    "wayland": ("Qt/plugins/platforms/libqwayland*.so", "Qt/plugins/wayland-shell-integration/*.so"),
}


def has_display(environ: Mapping[str, str] | None = None, system: str = sys.platform) -> bool:
    """Whether a window can be shown: always on Windows and macOS, with an X11 or Wayland server elsewhere."""
    environ = os.environ if environ is None else environ
    return system in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def needed(environ: Mapping[str, str] | None = None) -> set[str]:
    """The ways in which Qt will draw here: keys of `FILES`."""
    environ = os.environ if environ is None else environ
    ways = {"offscreen"}
    if environ.get("DISPLAY"):
        ways.add("xcb")
    if environ.get("WAYLAND_DISPLAY"):
        ways.add("wayland")
    return ways


def missing(site_packages: Path, ways: Iterable[str]) -> list[str]:
    """The libraries that Qt asks for and the system does not have, by asking `ldd`."""
    ldd = shutil.which("ldd")
    folder = site_packages / "PySide6"
    files = [str(path) for way in sorted(ways) for pattern in FILES[way] for path in folder.glob(pattern)]
    if ldd is None or not files:
        return []
    # Its exit code is no help: it is 0 for libraries not found.
    done = subprocess.run([ldd, *files], capture_output=True, text=True, errors="replace", check=False)
    return not_found(done.stdout)


def not_found(ldd_output: str) -> list[str]:
    """The names that `ldd` marks as not found, each once, without Qt's own."""
    names = {line.split("=>")[0].strip() for line in ldd_output.splitlines() if "=> not found" in line}
    return sorted(name for name in names if not name.startswith("libQt6"))


def debian_packages(libraries: Iterable[str]) -> tuple[list[str], list[str]]:
    """The packages that bring these libraries, and the libraries that no package is known for."""
    libraries = list(libraries)
    packages = sorted({PACKAGES[name] for name in libraries if name in PACKAGES})
    return packages, [name for name in libraries if name not in PACKAGES]


def advice(libraries: Iterable[str], debian: bool) -> str:
    """What to tell somebody whose system lacks these libraries."""
    libraries = list(libraries)
    packages, unknown = debian_packages(libraries)
    if debian and packages:
        also = f"\nand the packages that bring {', '.join(unknown)}" if unknown else ""
        return (
            "Qt needs libraries that this system lacks. Install them, then start again:\n"
            f"    {system_packages.apt_line(packages)}{also}"
        )
    return (
        "Qt needs libraries that this system lacks. Install your distribution's packages for them, then "
        f"start again:\n    {', '.join(libraries)}"
    )


def ensure(site_packages: Path, ways: Iterable[str]) -> None:
    """See that Qt finds its libraries: as root on Debian install what is missing.

    Raises:
        SetupError: Libraries are missing and we may not, or cannot, install them.
    """
    if not sys.platform.startswith("linux"):
        return
    ways = set(ways)
    lacking = missing(site_packages, ways)
    debian = system_packages.is_debian()
    if lacking and debian and system_packages.is_root():
        packages, _ = debian_packages(lacking)
        if packages and system_packages.apt_install(packages):
            lacking = missing(site_packages, ways)
    if lacking:
        raise SetupError(advice(lacking, debian))
