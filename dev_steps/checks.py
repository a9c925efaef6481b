"""The project's checks, in the order in which they tell most in least time."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from dev_steps import system_packages
from dev_steps.console import run, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# The tools are run as modules: the scripts beside the interpreter break when their folder has been moved.
CHECKS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("import-linter", ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")),
)
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")
"""Two processes, each with whole files of tests: most tests use one core, and each process holds TensorFlow once."""


def pytest(python: Path, root: Path, arguments: Sequence[str] = ()) -> int:
    """Run pytest, with windows drawn nowhere; return its exit code."""
    return run([python, "-m", "pytest", *arguments], cwd=root, extra=OFFSCREEN)


def everything(python: Path, root: Path) -> int:
    """Run every check even if one fails; return 0 if all passed.

    pytest is last, after the table of the others, so that its count of tests closes the output.
    """
    failed = []
    results = []
    for name, arguments in CHECKS:
        say(f"--- {name}")
        good = run([python, *arguments], cwd=root) == 0
        results.append(f"    {name:<14} {'passed' if good else 'FAILED'}")
        if not good:
            failed.append(name)
    say("\n".join(["", "The checks before the tests:", *results, "", "--- pytest"]))
    code = pytest(python, root, SIDE_BY_SIDE)
    return code or (1 if failed else 0)


def install_validator() -> None:
    """On Debian as root, install the program with which a test validates the Linux desktop entry.

    The tests pass without it, so a failure to install it is no reason to stop.
    """
    may = sys.platform.startswith("linux") and system_packages.is_debian() and system_packages.is_root()
    if may and shutil.which("desktop-file-validate") is None:
        system_packages.apt_install(["desktop-file-utils"])
