"""The program uv, which finds and fetches Pythons, makes the environment, and installs and locks packages."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from dev_steps import system_libraries
from dev_steps.console import SetupError, output_of, run, say

# As in pyproject.toml. PySide6 6.12 corrupts the reference counts of True and False on 3.11 and aborts; TensorFlow
# 2.21 has no builds for 3.14.
PYTHONS = ">=3.12,<3.14"
CHECK = "import sys; assert (3, 12) <= sys.version_info < (3, 14)"


def find_uv(root: Path) -> str:
    """Return the path of uv: the one on PATH, the one of an earlier set-up, or one fetched from PyPI into `.uv`.

    Raises:
        SetupError: There is none and none can be had.
    """
    folder = root / ".uv"
    own = str(find_program(folder, "uv"))
    for path in (shutil.which("uv"), own):
        if path and _knows_options(path):
            return path
    say("Fetching uv, which installs the rest.")
    make = [sys.executable, "-m", "venv", "--clear", folder]
    has_python = run(make) == 0 or (
        system_libraries.can_install() and system_libraries.apt_install(["python3-venv"]) and run(make) == 0
    )
    pip = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if not has_python or run([find_program(folder, "python"), *pip, "uv"]) != 0:
        raise SetupError(
            "uv could not be installed; the lines above say why. Check the network, or install uv yourself "
            "(on Debian and Ubuntu: sudo apt-get install python3-venv, then start again)."
        )
    return own


def _knows_options(program: str) -> bool:
    """Return whether a uv runs and is no older than 0.8, which brought the option --clear."""
    return "--clear" in (output_of([program, "venv", "--help"]) or "")


def find_program(environment: Path, name: str) -> Path:
    """Return the path of a program in a virtual environment."""
    return environment / (f"Scripts/{name}.exe" if sys.platform == "win32" else f"bin/{name}")


def make_search_path() -> str:
    """Return the PATH on which uv shall look for a Python: this one, pyenv's with the newest first, all others.

    uv does not look into pyenv's folders, and pyenv's shims answer for the versions that are switched on alone.
    """
    folders = os.environ.get("PATH", "").split(os.pathsep)
    roots = [Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")]
    roots += [Path(folder).parent for folder in folders if Path(folder).name == "shims"]
    versions = [version for root in roots for version in (root / "versions").glob("3.*")]
    versions.sort(key=lambda version: [int(number) for number in re.findall(r"\d+", version.name)], reverse=True)
    pyenv = [version if sys.platform == "win32" else version / "bin" for version in versions]
    this = Path(getattr(sys, "_base_executable", None) or sys.executable).parent  # behind a virtual environment
    others = [folder for folder in folders if Path(folder).name != "shims"]
    return os.pathsep.join(str(folder) for folder in [this, *pyenv, *others])


def read_settings_of_pip() -> dict[str, str]:
    """Return the settings of pip's that uv does not read by itself, as variables for uv: index and certificates."""
    settings = {"UV_SYSTEM_CERTS": "1"}
    index = output_of([sys.executable, "-m", "pip", "config", "get", "global.index-url"]) or ""
    index = os.environ.get("PIP_INDEX_URL") or index.strip()
    if index and not {"UV_INDEX_URL", "UV_DEFAULT_INDEX"} & set(os.environ):
        settings["UV_DEFAULT_INDEX"] = index
    return settings


def write_lock(options: list[str]) -> int:
    """Resolve pyproject.toml into requirements.lock; the versions there are kept unless --upgrade is given."""
    root = Path(__file__).resolve().parent.parent
    command = [find_uv(root), "pip", "compile", "pyproject.toml", "--output-file", "requirements.lock", "--quiet"]
    command += ["--universal", "--python-version", "3.12", "--all-extras", "--no-annotate"]
    return run([*command, "--custom-compile-command", "python3 dev.py lock", *options], cwd=root)
