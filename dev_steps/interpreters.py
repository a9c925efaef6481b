"""Finds a Python that Deblur can run on, wherever the system keeps one."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dev_steps import system_packages
from dev_steps.console import SetupError, output_of, run, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# PySide6 6.12 corrupts the reference counts of True and False on 3.11 and aborts.
LOWEST = (3, 12)
# TensorFlow 2.21 has builds for CPython up to 3.13 only: pip would find nothing to install on a newer one.
FIRST_TOO_NEW = (3, 14)
PREFERRED = ("3.13", "3.12")
# The processors that TensorFlow 2.21 is built for, as PROBE names them.
MACHINES = {"linux": ("x86_64", "aarch64"), "darwin": ("arm64",), "win32": ("win-amd64",)}

PROBE = """
import importlib.util, json, platform, sys, sysconfig
print(json.dumps({
    "executable": getattr(sys, "_base_executable", None) or sys.executable,
    "version": list(sys.version_info[:3]),
    "implementation": sys.implementation.name,
    "wide": sys.maxsize > 2**32,
    "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "machine": sysconfig.get_platform() if sys.platform == "win32" else platform.machine(),
    "system": sys.platform,
    "pip": importlib.util.find_spec("ensurepip") is not None,
}))
"""


@dataclass(frozen=True)
class Interpreter:
    """A Python that was run and said what it is.

    Attributes:
        executable: The program itself: behind shims, launchers and virtual environments.
        version: Major, minor and patch.
        flaw: Why Deblur cannot run on it; empty if it can.
        makes_venvs: Whether it can put pip into a virtual environment (Debian packs that apart).
    """

    executable: str
    version: tuple[int, ...]
    flaw: str
    makes_venvs: bool

    @property
    def minor(self) -> str:
        """The version that decides which builds of a package fit, such as `3.13`."""
        return ".".join(str(part) for part in self.version[:2])


def probe(command: Sequence[str]) -> Interpreter | None:
    """Run a command that may be a Python and ask it what it is.

    A name on PATH proves nothing: pyenv's shims and the Windows store's stubs are there without a Python.

    Returns:
        What it is, or None if it is no working Python 3.
    """
    said = output_of([*command, "-I", "-c", PROBE], timeout=30)
    try:
        facts = json.loads(said or "")
        version = tuple(int(part) for part in facts["version"])
        return Interpreter(str(facts["executable"]), version, _flaw(facts, version), bool(facts["pip"]))
    except (ValueError, KeyError, TypeError):
        return None


def _flaw(facts: Mapping[str, object], version: tuple[int, ...]) -> str:
    """Why Deblur cannot run on such a Python, or an empty string."""
    system = str(facts["system"])
    if not LOWEST <= version[:2] < FIRST_TOO_NEW:
        return f"it is Python {'.'.join(map(str, version))}, and Deblur needs {' or '.join(PREFERRED)}"
    if facts["implementation"] != "cpython" or facts["free_threaded"]:
        return "TensorFlow needs the ordinary CPython"
    if not facts["wide"] or facts["machine"] not in MACHINES.get(system, ()):
        return f"TensorFlow has no build for {system} on {facts['machine']}"
    return ""


def candidates(environ: Mapping[str, str], home: Path, system: str) -> Iterator[list[str]]:
    """Commands that may start a fit Python, the most wanted first.

    Args:
        environ: The environment variables.
        home: The user's folder.
        system: As `sys.platform`.
    """
    folders = [Path(folder) for folder in environ.get("PATH", "").split(os.pathsep) if folder]
    suffix = ".exe" if system == "win32" else ""
    for minor in PREFERRED:
        if system == "win32" and shutil.which("py", path=environ.get("PATH")):
            yield ["py", f"-{minor}"]
        for folder in folders:
            yield [str(folder / f"python{minor}{suffix}")]
        for path in _known_places(minor, environ, home, system):
            yield [str(path)]
    for name in ("python3", "python"):
        for folder in folders:
            yield [str(folder / f"{name}{suffix}")]


def _known_places(minor: str, environ: Mapping[str, str], home: Path, system: str) -> Iterator[Path]:
    """Where installers put Python `minor` without telling PATH."""
    pyenv = Path(environ.get("PYENV_ROOT") or home / ".pyenv")
    if system == "win32":
        programs = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Programs" / "Python"
        files = Path(environ.get("PROGRAMFILES") or "C:/Program Files")
        roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
        yield programs / f"Python{minor.replace('.', '')}" / "python.exe"
        yield files / f"Python{minor.replace('.', '')}" / "python.exe"
        yield from _newest_first(pyenv / "pyenv-win" / "versions", f"{minor}.*/python.exe")
        yield from _newest_first(roaming / "uv" / "python", f"cpython-{minor}.*/python.exe")
        return
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    yield from _newest_first(pyenv / "versions", f"{minor}.*/bin/python{minor}")
    yield from _newest_first(data / "uv" / "python", f"cpython-{minor}.*/bin/python{minor}")
    if system == "darwin":
        yield Path(f"/opt/homebrew/opt/python@{minor}/bin/python{minor}")
        yield Path(f"/opt/homebrew/bin/python{minor}")
        yield Path(f"/Library/Frameworks/Python.framework/Versions/{minor}/bin/python{minor}")
    else:
        yield Path(f"/home/linuxbrew/.linuxbrew/bin/python{minor}")
    yield Path(f"/usr/local/bin/python{minor}")
    yield Path(f"/usr/bin/python{minor}")


def _newest_first(folder: Path, pattern: str) -> list[Path]:
    """Files of a folder of versions, 3.13.10 before 3.13.9."""

    def numbers(path: Path) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", str(path.relative_to(folder)))]

    return sorted(folder.glob(pattern), key=numbers, reverse=True)


def find(environ: Mapping[str, str] | None = None, home: Path | None = None) -> Interpreter:
    """A Python that Deblur can run on and that makes virtual environments.

    `DEBLUR_PYTHON` names one; else this very Python if it is fit; else the best one on the system; else one
    that uv downloads.

    Raises:
        SetupError: There is none and none can be had; or the one named is unfit.
    """
    environ = os.environ if environ is None else environ
    home = Path.home() if home is None else home
    if environ.get("DEBLUR_PYTHON"):
        return _named(environ["DEBLUR_PYTHON"])
    without_venv = None
    rejected: dict[str, str] = {}
    tried: set[str] = set()
    for command in [[sys.executable], *candidates(environ, home, sys.platform)]:
        if command[0] != "py" and (command[0] in tried or not Path(command[0]).is_file()):
            continue
        tried.add(command[0])
        found = probe(command)
        if found and not found.flaw:
            if found.makes_venvs:
                return found
            without_venv = without_venv or found
        elif found:
            rejected[found.executable] = found.flaw
    if without_venv:
        return _with_venv(without_venv)
    return from_uv(environ, rejected)


def _named(command: str) -> Interpreter:
    """The Python that the person asked for."""
    found = probe([command])
    if found is None:
        raise SetupError(f"DEBLUR_PYTHON is set to {command}, but that is no working Python.")
    if found.flaw:
        raise SetupError(f"DEBLUR_PYTHON is set to {command}, but {found.flaw}.")
    return found if found.makes_venvs else _with_venv(found)


def _with_venv(found: Interpreter) -> Interpreter:
    """Give a Python of the Linux distribution its venv module, which Debian packs apart."""
    package = f"python{found.minor}-venv"
    if not system_packages.is_debian():
        raise SetupError(
            f"{found.executable} has no ensurepip, which virtual environments need. "
            "Install your distribution's package for it (python3-venv or python3-pip), then start again."
        )
    if system_packages.is_root() and system_packages.apt_install([package]):
        again = probe([found.executable])
        if again and again.makes_venvs:
            return again
    raise SetupError(
        f"{found.executable} cannot make virtual environments without the package {package}. "
        f"Install it, then start again:\n    {system_packages.apt_line([package])}"
    )


def from_uv(environ: Mapping[str, str], rejected: Mapping[str, str]) -> Interpreter:
    """Let uv download a Python, with a uv that is there or one fetched into a throw-away folder.

    Args:
        environ: The environment variables.
        rejected: What is wrong with each Python that was found, for the error's text.

    Raises:
        SetupError: It cannot be had this way either.
    """
    say(f"No Python {' or '.join(PREFERRED)} on this machine: fetching {PREFERRED[0]} with uv.")
    with tempfile.TemporaryDirectory(prefix="deblur-uv-") as folder:
        uv = shutil.which("uv", path=environ.get("PATH")) or _fetched_uv(Path(folder))
        if uv and run([uv, "python", "install", PREFERRED[0]]) == 0:
            # "system" keeps it from answering with the virtual environment we may be about to rebuild.
            where = output_of([uv, "python", "find", "--system", PREFERRED[0]])
            found = probe([where.strip()]) if where else None
            if found and not found.flaw:
                return found
    raise SetupError(
        f"Deblur needs Python {' or '.join(PREFERRED)}; none was found and none could be downloaded. "
        "Install one, then start again:\n"
        "    Ubuntu 24.04:  sudo apt-get install python3.12-venv\n"
        "    Debian 13:     sudo apt-get install python3.13-venv\n"
        "    Fedora:        sudo dnf install python3.13\n"
        "    macOS:         brew install python@3.13\n"
        "    Windows:       winget install Python.Python.3.13\n"
        "or set the variable DEBLUR_PYTHON to the path of one."
        + "".join(f"\n    (found {path}: {flaw})" for path, flaw in rejected.items())
    )


def _fetched_uv(folder: Path) -> str | None:
    """The uv that pip puts into `folder`; None if there is no pip or no network."""
    target = folder / "uv"
    if run([sys.executable, "-m", "pip", "install", "--quiet", "--target", target, "uv"]) != 0:
        # A Python without pip may still make a virtual environment that has one.
        target = folder / "venv"
        if run([sys.executable, "-m", "venv", target]) != 0:
            return None
        python = target / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        if run([python, "-m", "pip", "install", "--quiet", "uv"]) != 0:
            return None
    programs = [path for path in target.rglob("uv*") if path.name in {"uv", "uv.exe"} and path.is_file()]
    return str(programs[0]) if programs else None
