"""Settings that the window remembers from one start to the next."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings

from deblur_app.core.errors import DeblurError
from deblur_app.core.resources import resource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from deblur_app.core.settings import Settings
    from deblur_app.engine.method import Request

log = logging.getLogger(__name__)

_MENU_LETTERS = 50
"""The most letters of a name, and of a folder, in a menu; longer ones are shortened in the middle."""


def restore_geometry(window: QMainWindow) -> None:
    """Give a window the place and size that it had."""
    stored = QSettings("Deblur", "Deblur")
    window.resize(1360, 760)
    try:
        if geometry := stored.value("geometry"):
            window.restoreGeometry(geometry)
        if state := stored.value("state"):
            window.restoreState(state)
    except (TypeError, ValueError) as error:  # the file was damaged, or edited
        log.warning("Place and size of the window cannot be read", exc_info=error)


def remember(window: QMainWindow, settings: Settings) -> None:
    """Write settings, place and size for the next start."""
    from deblur_app.core.settings import save_settings, settings_file

    save_settings(settings, settings_file())
    stored = QSettings("Deblur", "Deblur")
    stored.setValue("geometry", window.saveGeometry())
    stored.setValue("state", window.saveState())


def load_settings_or_defaults() -> Settings:
    """Return the settings of the last time, or the defaults where their file cannot be read, whatever the reason."""
    from deblur_app.core.settings import Settings, load_settings, settings_file

    try:
        return load_settings(settings_file())
    except Exception:
        log.exception("The settings cannot be read")
        return Settings()


def load_look() -> str:
    """Return the look of the last time: “system”, “dark” or “light”."""
    from deblur_app.core.settings import load_look, settings_file

    return load_look(settings_file())


def load_language() -> str:
    """Return the language of the last time: its code, or “system”."""
    from deblur_app.core.settings import load_language, settings_file

    return load_language(settings_file())


def load_threads() -> int:
    """Return the number of threads that the user chose; 0 for none."""
    from deblur_app.core.settings import load_threads, settings_file

    return load_threads(settings_file())


def load_request(settings: Settings) -> Request:
    """Return the request of the last time, or the defaults where it no longer fits."""
    from deblur_app.engine.method import BUNDLED, Request
    from deblur_app.engine.methods import registry

    try:
        method = registry.find(settings.method)
        if not method.is_offered() and settings.values.get("model", BUNDLED) == BUNDLED:  # it was removed
            return Request(device=settings.device)
        return Request(method.name, method.complete_values(settings.values), settings.device)
    except (DeblurError, TypeError, ValueError, ArithmeticError, RecursionError, OSError) as error:
        log.warning("The settings of the last time do not fit", exc_info=error)
        return Request(device=settings.device)


def keep_request(settings: Settings, request: Request) -> None:
    """Put a request into the settings of the next start: what differs from the defaults."""
    from deblur_app.engine.methods import registry

    defaults = registry.find(request.method).complete_values({})
    settings.method, settings.device = request.method, request.device
    settings.values = {name: value for name, value in request.values.items() if value != defaults.get(name)}


def remember_answers(page: str, answers: dict[str, Any]) -> None:
    """Keep what was chosen on a page of the training wizard for the next time."""
    QSettings("Deblur", "Deblur").setValue(f"training/{page}", json.dumps(answers))


def answers(page: str) -> dict[str, Any]:
    """Return the answers on a page of the training wizard the last time; nothing where they cannot be read."""
    from deblur_app.core.formats.foreign_json import parse_json

    try:
        text = str(QSettings("Deblur", "Deblur").value(f"training/{page}", "{}"))
        stored = parse_json(text.encode(errors="replace"))
    except ValueError:
        return {}
    return stored if isinstance(stored, dict) else {}


def recent_pictures(settings: Settings) -> list[tuple[str, Path]]:
    """Return the pictures opened last that are still there, each as a menu shows it."""
    paths = [Path(name) for name in settings.recent]
    return [(_menu_text(path), path) for path in paths if path.exists()]


def is_sample(path: Path) -> bool:
    """Return whether a picture lies in the program's own folder, where nobody looks for photos or results."""
    return path.is_relative_to(resource("samples"))


def _menu_text(path: Path) -> str:
    """Return name and folder of a picture for a menu, shortened so that the menu stays narrow; & marks no key."""
    name, folder = (
        text if len(text) <= _MENU_LETTERS else f"{text[:20]}…{text[20 - _MENU_LETTERS :]}"
        for text in (path.name, str(path.parent))
    )
    return f"{name} – {folder}".replace("&", "&&")
