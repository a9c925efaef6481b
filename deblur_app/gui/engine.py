"""Loading of the engine behind the window, once the window has painted."""

from __future__ import annotations

import gc
import importlib
from typing import TYPE_CHECKING

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.engine import devices

if TYPE_CHECKING:
    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device


def load() -> Task[list[Device]]:
    """Import TensorFlow, and return the devices on which it can compute."""
    yield Progress(0.0, tr("Loading…"))
    importlib.import_module("deblur_app.gui.session.steps")  # here and not when the first photo is dropped
    found_devices = devices.list_devices()
    gc.freeze()  # or each full collection would walk through all that TensorFlow holds, and stop the window for 300 ms
    return found_devices
