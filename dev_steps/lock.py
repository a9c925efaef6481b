"""Writes requirements.lock: the exact versions, for every system and every extra in one file."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dev_steps.console import SetupError, output_of, run, say

if TYPE_CHECKING:
    from dev_steps.environment import Environment

HEADER = """\
# The versions that `python3 dev.py` installs, on every system and for every extra: pip's constraints.
# Written by `python3 dev.py lock` from pyproject.toml: do not edit by hand.
"""
# A line is a pinned package and perhaps the systems it is for. Anything else (an address, a path, an option)
# would tell something about the machine that wrote the file.
LINE = re.compile(r"^[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+( ; [^/\\]+)?$")


def write(environment: Environment, upgrade: bool) -> None:
    """Resolve pyproject.toml anew with uv and write requirements.lock.

    Args:
        environment: The project's environment, into which uv is installed if it lacks it.
        upgrade: Take the newest versions, rather than keep those that still fit.

    Raises:
        SetupError: uv cannot be had, or finds no versions that fit together.
    """
    python, lock = environment.python, environment.root / "requirements.lock"
    uv: list[str | Path] = [python, "-m", "uv"]
    if output_of([*uv, "--version"]) is None and run([python, "-m", "pip", "install", "-q", "uv"]) != 0:
        raise SetupError("uv could not be installed; pip's own words are above.")
    command = [*uv, "pip", "compile", "--universal", "--python-version", "3.12", "--all-extras", "--quiet"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / lock.name
        if lock.exists() and not upgrade:
            shutil.copyfile(lock, new)  # uv keeps the versions that it finds in its output file
        code = run([*command, "pyproject.toml", "--output-file", new], cwd=environment.root)
        if code != 0:
            raise SetupError("No set of versions fits pyproject.toml; uv's own words are above.")
        lock.write_bytes((HEADER + pins(new.read_text(encoding="utf-8"))).encode())
    say(f"{lock.name} is written; the next start installs what changed.")


def pins(text: str) -> str:
    """The pinned packages of what uv wrote.

    Raises:
        SetupError: A line is not one, such as the address of a package that is on no index.
    """
    lines = [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for line in lines:
        if not LINE.match(line):
            raise SetupError(f"This cannot stand in requirements.lock: {line}")
    return "".join(line + "\n" for line in lines)
