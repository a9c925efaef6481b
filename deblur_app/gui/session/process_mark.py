"""Marks of processes, by which files of a program that ended unexpectedly are told from those of one that runs."""

from __future__ import annotations

import os


def mark_process(pid: int | None = None) -> str:
    """Return a name for a process, or for this one: numbers are used again, but not with one time of start."""
    import psutil  # here, because the window paints before (ADR 6)

    number = os.getpid() if pid is None else pid
    return f"{number}-{psutil.Process(number).create_time():.0f}"


def is_running(mark: str) -> bool:
    """Return whether the process of a mark still runs."""
    import psutil

    try:
        return mark == mark_process(int(mark.partition("-")[0]))
    except (ValueError, psutil.Error):
        return False
