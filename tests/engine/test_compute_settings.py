"""How the engine computes follows the preferences, and never what the user's environment says otherwise."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import psutil

from deblur_app.core.program import memory
from deblur_app.engine import compute_settings

if TYPE_CHECKING:
    import pytest


def test_threads_are_set_for_libraries_unless_the_environment_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """0 leaves the libraries their own choice."""
    for name in compute_settings._THREAD_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    compute_settings.set_threads_of_libraries(0)
    assert "DEBLUR_THREADS" not in os.environ
    compute_settings.set_threads_of_libraries(3)
    assert (os.environ["DEBLUR_THREADS"], os.environ["OMP_NUM_THREADS"]) == ("3", "1")


def test_free_memory_is_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never more than is free, and never less than nothing."""
    monkeypatch.setattr(psutil, "virtual_memory", type("Memory", (), {"available": 5_000_000_000}))
    try:
        assert memory.find_free_memory() == 5_000_000_000
        compute_settings.apply_memory_limit(3)
        assert memory.find_free_memory() < 3_000_000_000
        compute_settings.apply_memory_limit(1000)
        assert memory.find_free_memory() == 5_000_000_000
        memory.set_memory_limit(0.001)
        assert memory.find_free_memory() == 0
    finally:
        compute_settings.apply_memory_limit(0)
