"""Loading of the engine behind the window, once the window has painted."""

from __future__ import annotations

import gc
import importlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    with _without_collections():
        for number, name in enumerate(_PANEL):
            yield Progress(number / len(_PANEL), tr("Loading…"))
            importlib.import_module(f"deblur_app.{name}")


def load() -> Task[list[Device]]:
    """Import TensorFlow, and return the devices on which it can compute."""
    yield Progress(0.0, tr("Loading…"))
    from deblur_app.engine import devices

    with _without_collections():
        return devices.list_devices()


@contextmanager
def _without_collections() -> Iterator[None]:
    """Let Python look for no garbage while modules are imported, nor in the modules ever after.

    It stops all threads, and with TensorFlow's modules for 0.1 to 0.6 s each time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
