"""The settings that the program keeps from one start to the next."""

from __future__ import annotations

import dataclasses
import json
import logging
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import platformdirs

from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.files.plain_file import read_plain
from deblur_app.core.files.saving_settings import SavingSettings

log = logging.getLogger(__name__)

_MOST_RECENT = 10
"""Recent pictures that are kept."""
_LARGEST = 1_000_000
"""Bytes; the settings have some thousand."""

MOST_THREADS = 256
"""The most threads that can be chosen."""

LOOKS = ("system", "dark", "light")
"""The looks of the window."""


@dataclass
class Settings:
    """Settings with their defaults; only what differs from them is written.

    Attributes:
        device: Name of the device to compute on, or “auto”.
        method: Key of the method that was used last.
        values: Values of its parameters that differ from the defaults.
        recent: Paths of the pictures opened last, newest first.
        folder: The folder of the last dialog.
        look: “system”, “dark” or “light”.
        language: The code of a language such as “de”, or “system”.
        surround: The colour around the photo: “theme”, “dark”, “grey” or “white”.
        after_drop: Whether a photo that is opened is restored at once: “restore” or “wait”.
        precision: Precision of networks: “auto”, or “float32” in any case.
        memory_limit: Gigabytes that the program plans with; 0 for all that is free.
        threads: Threads for one picture; 0 for as many as there are processors.
        notify: Whether it is told by the system when long work ends: “long” or “never”.
        motion: Whether menus and boxes move: “system”, or “reduced” in any case.
        screen_profile: The file with the ICC profile of the screen; "" for a screen with the colours of sRGB.
        saving: How results are saved by Ctrl+S.
        export: How the last one was exported; None before the first.
    """

    device: str = "auto"
    method: str = "restorer"
    values: dict[str, Any] = field(default_factory=dict)
    recent: list[str] = field(default_factory=list)
    folder: str = ""
    look: str = "system"
    language: str = "system"
    surround: str = "theme"
    after_drop: str = "restore"
    precision: str = "auto"
    memory_limit: int = 0
    threads: int = 0
    notify: str = "long"
    motion: str = "system"
    screen_profile: str = ""
    saving: SavingSettings = field(default_factory=SavingSettings)
    export: SavingSettings | None = None

    def remember(self, path: Path) -> None:
        """Put `path` first in the list of recent pictures."""
        name = str(path)
        self.recent = [name, *(old for old in self.recent if old != name)][:_MOST_RECENT]
        self.folder = str(path.parent)


def settings_file() -> Path:
    """Return the path of the settings: settings.json in the platform's configuration folder."""
    return Path(platformdirs.user_config_dir("Deblur", appauthor=False)) / "settings.json"


def load_look(path: Path) -> str:
    """Return the stored look alone, which the first paint needs; “system” where there is none or it cannot be read."""
    look = _load_one(path, "look")
    return str(look) if look in LOOKS else Settings.look


def load_language(path: Path) -> str:
    """Return the stored language alone, which the first paint needs; “system” where there is none."""
    language = _load_one(path, "language")
    return language if isinstance(language, str) else Settings.language


def load_threads(path: Path) -> int:
    """Return the stored number of threads alone, which libraries need as they are loaded; 0 for their own choice."""
    threads = _load_one(path, "threads")
    return threads if type(threads) is int and 0 < threads <= MOST_THREADS else 0


def _load_one(path: Path, name: str) -> object:
    """Return one stored setting, unchecked; None where there is none, or the file cannot be read."""
    try:
        return json.loads(read_plain(path, _LARGEST))[name]
    except (DeblurError, ValueError, LookupError, TypeError, RecursionError):
        return None  # `load_settings` says why


def load_settings(path: Path) -> Settings:
    """Return the stored settings; what is missing, unknown or of the wrong type takes its default and is logged.

    A file of which something cannot be taken is kept as “settings.json.broken”, since the next start writes a new one.
    """
    from deblur_app.core.settings_form import parse_settings  # brings msgspec: not before the first paint

    settings = Settings()
    try:
        data = read_plain(path, _LARGEST) if path.exists() else b"{}"
    except DeblurError as error:
        log.warning("The settings cannot be read: %s", error)
        return settings
    try:
        values, skipped = parse_settings(data)
    except ValueError as error:
        log.warning("The settings in %s cannot be read: %s", path, error)
        _keep_aside(path)
        return settings
    if skipped:
        log.warning("Settings in %s are skipped: %s", path, shorten(", ".join(skipped), 300))
        _keep_aside(path)
    return replace(settings, **values)


def _keep_aside(path: Path) -> None:
    """Copy a file that is not as it should be, once: the first one may hold what somebody misses later."""
    backup = path.with_name(f"{path.name}.broken")
    try:
        if not backup.exists():
            write_atomic(backup, read_plain(path, _LARGEST))
    except (OSError, DeblurError) as error:
        log.warning("The settings cannot be kept as %s: %s", backup, error)


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings that differ from the defaults; where that fails it is logged, and work goes on."""
    defaults = dataclasses.asdict(Settings())
    changes = {key: value for key, value in dataclasses.asdict(settings).items() if value != defaults[key]}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, json.dumps(changes, indent=1).encode())
    except (OSError, DeblurError) as error:
        log.warning("The settings cannot be written: %s", error)
