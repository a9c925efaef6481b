"""The program uv: finds and fetches Pythons, makes the environment, installs and locks packages."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dev_steps import system_packages
from dev_steps.console import SetupError, output_of, run, say

if TYPE_CHECKING:
    from collections.abc import Mapping

# The Pythons that Deblur runs on, best first. PySide6 6.12 corrupts the reference counts of True and False on 3.11
# and aborts; TensorFlow 2.21 has no builds for 3.14.
PYTHONS = ("3.13", "3.12")

# Version, implementation, 64 bits, and whether it runs without the global lock, for which there are no builds.
_PROBE = """
import sys, sysconfig
print("%d.%d" % sys.version_info[:2], sys.implementation.name, sys.maxsize > 2**32,
      int(bool(sysconfig.get_config_var("Py_GIL_DISABLED"))))
"""

# The oldest uv whose options are used here.
LEAST_UV = (0, 8)


def find_uv(root: Path) -> str:
    """Return the path of uv: the one on PATH, the one of an earlier set-up, or one fetched from PyPI into `.uv`.

    Raises:
        SetupError: There is none and none can be had.
    """
    own = _program(root / ".uv", "uv")
    on_path = shutil.which("uv")
    for path in (on_path, str(own)):
        if path and _is_recent(path):
            return path
    say("Fetching uv, which installs the rest.")
    if _fetch_by_venv(root / ".uv") and _is_recent(str(own)):
        return str(own)
    # A Python without venv may have pip, and as root on Debian the missing package can be had.
    target = root / ".uv" / "packages"
    if run([sys.executable, "-m", "pip", "install", "--quiet", "--target", target, "uv"]) == 0:
        path = target / "bin" / own.name
        if _is_recent(str(path)):
            return str(path)
    may_install = system_packages.is_debian() and system_packages.is_root()
    if may_install and system_packages.apt_install(["python3-venv"]) and _fetch_by_venv(root / ".uv"):
        return str(own)
    raise SetupError(
        "uv could not be installed; the lines above say why. Check the network, or install uv yourself "
        "(on Debian and Ubuntu: sudo apt-get install python3-venv, then start again)."
    )


def _fetch_by_venv(folder: Path) -> bool:
    """Install uv into a small virtual environment of its own; return whether that went."""
    if run([sys.executable, "-m", "venv", "--clear", folder]) != 0:
        return False
    return run([_program(folder, "python"), "-m", "pip", "install", "--quiet", "uv"]) == 0


def _program(environment: Path, name: str) -> Path:
    """Return the path of a program in a virtual environment."""
    return (
        environment
        / ("Scripts" if sys.platform == "win32" else "bin")
        / (f"{name}.exe" if sys.platform == "win32" else name)
    )


def _is_recent(path: str) -> bool:
    """Return whether `path` is a uv that runs and knows the options used here."""
    words = (output_of([path, "--version"]) or "").split()  # such as “uv 0.9.8 (…)”
    try:
        return tuple(int(part) for part in words[1].split(".")[:2]) >= LEAST_UV
    except (IndexError, ValueError):
        return False


def find_python(uv: str, environ: Mapping[str, str] | None = None, home: Path | None = None) -> str:
    """Return the path of a Python that Deblur can run on, fetched by uv where the machine has none.

    `DEBLUR_PYTHON` names one; else this one is taken if it is fit, else one of pyenv, whose versions uv does not find,
    else one that uv finds.

    Raises:
        SetupError: There is none and none can be had, or the one named is unfit.
    """
    environ = os.environ if environ is None else environ
    needs = " or ".join(PYTHONS)
    asked = environ.get("DEBLUR_PYTHON")
    if asked:
        if not is_fit(asked):
            raise SetupError(f"DEBLUR_PYTHON is set to {asked}, but Deblur needs Python {needs} (64 bits, CPython).")
        return asked
    this = getattr(sys, "_base_executable", None) or sys.executable  # behind a virtual environment
    for path in (this, *_list_pyenv_pythons(Path(this), environ, home or Path.home())):
        if is_fit(path):
            return path
    for minor in PYTHONS:
        # "--system" keeps it from answering with the virtual environment that may be about to be rebuilt.
        found = (output_of([uv, "python", "find", "--system", "--no-config", f"cpython-{minor}"]) or "").strip()
        if found and is_fit(found):
            return found
    say(f"No Python {needs} on this machine: fetching {PYTHONS[0]}.")
    if run([uv, "python", "install", "--no-config", PYTHONS[0]]) == 0:
        found = (output_of([uv, "python", "find", "--managed-python", "--no-config", PYTHONS[0]]) or "").strip()
        if found and is_fit(found):
            return found
    raise SetupError(
        f"Deblur needs Python {needs}; none was found and none could be downloaded. Install one, then start again:\n"
        "    Ubuntu 24.04:  sudo apt-get install python3.12\n"
        "    Debian 13:     sudo apt-get install python3.13\n"
        "    Fedora:        sudo dnf install python3.13\n"
        "    macOS:         brew install python@3.13\n"
        "    Windows:       winget install Python.Python.3.13\n"
        "or set the variable DEBLUR_PYTHON to the path of one."
    )


def _list_pyenv_pythons(this: Path, environ: Mapping[str, str], home: Path) -> list[str]:
    """Return the Pythons that pyenv has installed, the best versions first, also beside `this` one or pyenv's shims."""
    program = "python.exe" if sys.platform == "win32" else "bin/python"
    roots = [Path(environ["PYENV_ROOT"])] if environ.get("PYENV_ROOT") else []
    folders = [root / "versions" for root in (*roots, home / ".pyenv", home / ".pyenv" / "pyenv-win")]
    folders += [folder for folder in this.resolve().parents if folder.name == "versions"]
    shims = (Path(folder) for folder in environ.get("PATH", "").split(os.pathsep))
    folders += [folder.parent / "versions" for folder in shims if folder.name == "shims"]
    return [
        str(path)
        for minor in PYTHONS
        for folder in folders
        for path in sorted(folder.glob(f"{minor}.*/{program}"), key=_patch_number, reverse=True)
    ]


def _patch_number(path: Path) -> int:
    """Return the 10 of `…/versions/3.13.10/bin/python`."""
    digits = re.findall(r"3\.\d+\.(\d+)", str(path))
    return int(digits[-1]) if digits else -1


def is_fit(python: str) -> bool:
    """Return whether a program is a Python that runs and that TensorFlow and PySide6 have builds for."""
    words = (output_of([python, "-I", "-c", _PROBE], timeout=30) or "").split()
    return len(words) == 4 and words[0] in PYTHONS and words[1:] == ["cpython", "True", "0"]
