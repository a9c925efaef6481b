"""The preferences at work: what a changed one does at once."""

from __future__ import annotations

import functools
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.plain_file import read_plain
from deblur_app.core.settings import Settings
from deblur_app.core.texts import tr
from deblur_app.engine.compute_settings import apply_memory_limit, apply_precision
from deblur_app.gui.look import motion
from deblur_app.gui.viewer.compare.surround import Surround

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.gui.tools import Tools
    from deblur_app.gui.viewer.photo_view import PhotoView

log = logging.getLogger(__name__)

_LARGEST_PROFILE = 20_000_000
"""Bytes; the profile of a screen with large tables has some two million."""


class AppliedSettings(QObject):
    """The parts of the window that follow the preferences.

    Signals:
        look_chosen: “system”, “dark” or “light”, where the user chose another look.
        language_chosen: The user chose another language.
        message: A sentence for the status line.
    """

    look_chosen = Signal(str)
    language_chosen = Signal()
    message = Signal(str)

    def __init__(self, load_settings: Callable[[], Settings], view: PhotoView, tools: Tools, parent: QObject) -> None:
        super().__init__(parent)
        self._load_settings, self._view, self._tools = load_settings, view, tools

    def apply_at_start(self) -> None:
        """Let those act that need not be known before the first paint."""
        settings, usual = self._load_settings(), Settings()
        self.apply("surround")
        self.apply("motion")
        for name in ("precision", "memory_limit", "screen_profile"):
            if getattr(settings, name) != getattr(usual, name):
                self.apply(name)

    @Slot(str)
    def apply(self, name: str) -> None:
        """Let a field of the settings act that was changed; what is not named here is read when it is needed."""
        settings = self._load_settings()
        if name == "look":
            self.look_chosen.emit(settings.look)
        elif name == "language":
            self.language_chosen.emit()
        elif name == "surround":
            self._view.canvas.set_surround(Surround[settings.surround.upper()])
        elif name == "device":
            self._tools.method_panel.choose_device(settings.device)
        elif name == "precision":
            apply_precision(settings.precision)
        elif name == "memory_limit":
            apply_memory_limit(settings.memory_limit)
        elif name == "motion":
            self._apply_motion(settings.motion)
        elif name == "screen_profile":
            self._apply_screen_profile(settings.screen_profile)

    def _apply_motion(self, wish: str) -> None:
        """Reduce motion where the user wishes it here or in the system."""
        motion.apply_motion(is_reduced=wish == "reduced" or self.system_motion.is_reduced)

    @functools.cached_property
    def system_motion(self) -> motion.SystemMotion:
        """What the system says about motion; it may change its mind."""
        system_motion = motion.SystemMotion(self)
        system_motion.changed.connect(lambda: self.apply("motion"))
        return system_motion

    def _apply_screen_profile(self, name: str) -> None:
        """Show photos for the screen with this profile; for one of sRGB, and a sentence, where it cannot be read."""
        from deblur_app.gui.images import screen_colours  # brings NumPy: not before the first paint

        try:
            screen_colours.set_screen_profile(read_plain(Path(name), _LARGEST_PROFILE) if name else None)
        except (DeblurError, OSError, ValueError) as error:
            log.warning("The profile of the screen cannot be read", exc_info=error)
            screen_colours.set_screen_profile(None)
            self.message.emit(
                tr("“{name}” is not the ICC profile of a screen. Photos are shown as for sRGB.", name=Path(name).name)
            )
