"""What the program remembers from one start to the next."""

from __future__ import annotations

import dataclasses
import json
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import write_atomic

log = logging.getLogger(__name__)

_MOST_RECENT = 10


@dataclass
class Settings:
    """Settings with their defaults; only what differs from them is written.

    Attributes:
        device: Name of the device to compute on, or “auto”.
        method: Key of the method that was used last.
        values: Values of its parameters that differ from the defaults.
        recent: Paths of the pictures opened last, newest first.
        folder: The folder of the last dialog.
    """

    device: str = "auto"
    method: str = "restorer"
    values: dict[str, Any] = field(default_factory=dict)
    recent: list[str] = field(default_factory=list)
    folder: str = ""

    def remember(self, path: Path) -> None:
        """Put `path` first in the list of recent pictures."""
        name = str(path)
        self.recent = [name, *(old for old in self.recent if old != name)][:_MOST_RECENT]
        self.folder = str(path.parent)


def settings_file() -> Path:
    """Where the settings are: settings.json in the platform's configuration folder."""
    return Path(platformdirs.user_config_dir("Deblur", appauthor=False)) / "settings.json"


def log_folder() -> Path:
    """Where the log files are."""
    return Path(platformdirs.user_log_dir("Deblur", appauthor=False))


def load_settings(path: Path) -> Settings:
    """The stored settings; what is missing, unknown or of the wrong type takes its default and is logged."""
    settings = Settings()
    known = dataclasses.asdict(settings)
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return settings
    except (OSError, ValueError) as error:
        log.warning("The settings in %s cannot be read: %s", path, error)
        return settings
    for key, value in content.items() if isinstance(content, dict) else ():
        if key in known and type(value) is type(known[key]):
            setattr(settings, key, value)
        else:
            log.warning("Setting %s = %r in %s is skipped", key, value, path)
    settings.recent = [name for name in settings.recent if isinstance(name, str)]
    return settings


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings that differ from the defaults; where that fails it is logged, and work goes on."""
    defaults = dataclasses.asdict(Settings())
    changed = {key: value for key, value in dataclasses.asdict(settings).items() if value != defaults[key]}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, json.dumps(changed, indent=1).encode())
    except (OSError, DeblurError) as error:
        log.warning("The settings cannot be written: %s", error)
