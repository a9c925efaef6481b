"""Loads the engine behind the window, once the window has painted."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from deblur_app.core.task import Progress
from deblur_app.engine import devices

if TYPE_CHECKING:
    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device


def load() -> Task[list[Device]]:
    """Import TensorFlow, and say on which devices it can compute."""
    yield Progress(0.0, "Engine loading…")
    importlib.import_module("deblur_app.gui.steps")  # here and not when the first photo is dropped
    return devices.list_devices()
