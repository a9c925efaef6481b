"""Loading of the engine behind the window, once the window has painted."""

from __future__ import annotations

import gc
import importlib
from typing import TYPE_CHECKING

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device


_PANEL = (
    "gui.session.steps",
    "gui.mask.mask_tool",
    "gui.method.live_blend",
    "gui.method.method_panel",
    "gui.method.panel_facts",
)
"""The modules of the work on photos and of the panel beside them; they bring NumPy, OpenCV and SciPy."""


def load_modules() -> Task[None]:
    """Import what the panel of Photo and the first drop need: half a second, in which the window answers."""
    for number, name in enumerate(_PANEL):
        yield Progress(number / len(_PANEL), tr("Loading…"))
        importlib.import_module(f"deblur_app.{name}")


def load() -> Task[list[Device]]:
    """Import TensorFlow, and return the devices on which it can compute."""
    yield Progress(0.0, tr("Loading…"))
    from deblur_app.engine import devices

    found_devices = devices.list_devices()
    gc.freeze()  # or each full collection would walk through all that TensorFlow holds, and stop the window for 300 ms
    return found_devices
