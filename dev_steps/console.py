"""Sentences for the person in front of the set-up, and other programs: how they are started."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# Variables that would send the environment's Python, or uv, to somebody else's packages.
MISLEADING_VARIABLES = (
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_CONSTRAINT",
    "UV_OVERRIDE",
    "UV_PROJECT_ENVIRONMENT",
    "UV_PYTHON",
    "UV_SYSTEM_PYTHON",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
)


class SetupError(Exception):
    """A reason for which the set-up cannot go on; its text tells the person what happened and what to do."""


def say(sentence: str) -> None:
    """Print one sentence at once, so that it stands before what a child process prints."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def child_environment(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment variables for child programs: all but the misleading ones."""
    environ = os.environ if environ is None else environ
    return {name: value for name, value in environ.items() if name not in MISLEADING_VARIABLES}


def run(command: Sequence[str | Path], cwd: Path | None = None, extra: Mapping[str, str] | None = None) -> int:
    """Run a program with its output going to the terminal; return its exit code.

    Args:
        command: Program and arguments.
        cwd: The folder it starts in; by default the current one.
        extra: Environment variables to set for it.
    """
    environment = {**child_environment(), **(extra or {})}
    return subprocess.run([str(part) for part in command], cwd=cwd, env=environment, check=False).returncode


def output_of(command: Sequence[str | Path], timeout: float = 60) -> str | None:
    """Return what a program prints, or None if it is not there, fails, or hangs for `timeout` seconds."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    text = {"encoding": "utf-8", "errors": "replace"}
    try:
        process = subprocess.run(  # type: ignore[call-overload]
            [str(part) for part in command], **quiet, **text, env=child_environment(), timeout=timeout, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return str(process.stdout) if process.returncode == 0 else None
