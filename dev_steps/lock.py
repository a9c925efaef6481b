"""The file requirements.lock: the exact versions, for every system and every extra in one file."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from dev_steps import uv
from dev_steps.console import SetupError, run, say

HEADER = """\
# The versions that `python3 dev.py` installs, on every system and for every extra.
# Written by `python3 dev.py lock` from pyproject.toml: do not edit by hand.
"""
# A line is a pinned package and perhaps the systems it is for. Anything else (an address, a path, an option)
# would tell something about the machine that wrote the file.
LINE = re.compile(r"^[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+( ; [^/\\]+)?$")


def write(root: Path, upgrade: bool) -> None:
    """Resolve pyproject.toml with uv and write requirements.lock.

    Args:
        root: The project's folder.
        upgrade: Take the newest versions, rather than keep those that still fit.

    Raises:
        SetupError: uv cannot be had, or finds no versions that fit together.
    """
    lock = root / "requirements.lock"
    command = [uv.find_uv(root), "pip", "compile", "--universal", "--python-version", uv.PYTHONS[-1], "--all-extras"]
    command += ["--quiet", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / lock.name
        if lock.exists() and not upgrade:
            shutil.copyfile(lock, new)  # uv keeps the versions that it finds in its output file
        if run([*command, "pyproject.toml", "--output-file", new], cwd=root) != 0:
            raise SetupError("No set of versions fits pyproject.toml; uv's own words are above.")
        lock.write_bytes((HEADER + read_pins(new.read_text(encoding="utf-8"))).encode())
    say(f"{lock.name} is written; the next start installs what changed.")


def read_pins(text: str) -> str:
    """Return the pinned packages of what uv wrote.

    Raises:
        SetupError: A line is not one, such as the address of a package that is on no index.
    """
    lines = [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for line in lines:
        if not LINE.match(line):
            raise SetupError(f"This cannot stand in requirements.lock: {line}")
    return "".join(line + "\n" for line in lines)
