"""How the engine computes: the precision of networks, the memory it plans with, and the threads."""

from __future__ import annotations

import os

_THREAD_VARIABLES = (
    "DEBLUR_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "OPENCV_FOR_THREADS_NUM",
    "TF_NUM_INTRAOP_THREADS",
)
"""Environment variables that the libraries read when they are loaded."""


def apply_precision(precision: str) -> None:
    """Let networks compute so from the next restoration on: “auto” or “float32”."""
    from deblur_app.engine import devices, local_networks, neural

    devices.set_precision(precision)
    local_networks.forget_loaded()
    neural.forget_loaded()


def apply_memory_limit(gigabytes: int) -> None:
    """Plan with so much memory in all from now on; 0 for all that is free."""
    from deblur_app.core.program.memory import set_memory_limit  # brings psutil: not before the first paint

    set_memory_limit(gigabytes)


def set_threads_of_libraries(count: int) -> None:
    """Let libraries that are not loaded yet use so many threads; 0 leaves them their own choice.

    What the user has set in the environment stays.
    """
    if count > 0:
        for name in _THREAD_VARIABLES:
            os.environ.setdefault(name, str(count))
