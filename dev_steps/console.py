"""Sentences for the person in front of the set-up, and other programs: how they are started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path  # noqa: TC003 - a block for types alone would be longer than what it saves

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


def child_environment(**extra: str) -> dict[str, str]:
    """Return the environment variables for child programs: all but the misleading ones, and `extra`."""
    return {**{name: value for name, value in os.environ.items() if name not in MISLEADING_VARIABLES}, **extra}


def run(command: list[str | Path], cwd: Path | None = None, **extra: str) -> int:
    """Run a program, its output going to the terminal, with `extra` environment variables; return its exit code."""
    environment = child_environment(**extra)
    return subprocess.run([str(part) for part in command], cwd=cwd, env=environment, check=False).returncode


def output_of(command: list[str | Path], timeout: float = 60) -> str | None:
    """Return what a program prints, or None if it is not there, fails, or hangs for `timeout` seconds."""
    command = [str(part) for part in command]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    try:
        process = subprocess.run(command, **pipes, env=child_environment(), timeout=timeout, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return process.stdout.decode("utf-8", errors="replace") if process.returncode == 0 else None
