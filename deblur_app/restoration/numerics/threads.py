"""The number of threads that share the work on one picture."""

from __future__ import annotations

import os

VARIABLE = "DEBLUR_THREADS"
"""Environment variable with that number, for processes that share the processors of a machine."""


def _count_processors() -> int:
    """Return how many processors this process may use: a scheduler of a cluster gives it some of a machine's."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


THREADS = int(os.environ.get(VARIABLE, "0")) or _count_processors()
"""Threads for one picture. Asked once: small transforms take less time than that."""
