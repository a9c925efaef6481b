"""The photos that were open when the program ended, so that the next start can offer them again."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import platformdirs

from deblur_app.gui.session.process_mark import is_running, mark_process

log = logging.getLogger(__name__)

_MOST_PHOTOS = 5000
"""Photos that are offered again at most."""

_LARGEST = 5_000_000
"""Bytes of a file at most: photos with long names."""


@dataclass(frozen=True)
class LastSession:
    """The photos that were open.

    Attributes:
        photos: Their files, from left to right.
        current: The one that was shown; "" for none.
        picked: Those that were marked as good.
        rejected: Those that were marked as bad.
        is_ended: Whether the program ended as it should.
    """

    photos: list[str] = field(default_factory=list)
    current: str = ""
    picked: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    is_ended: bool = False

    def find_photos(self) -> list[Path]:
        """Return the photos that are still there."""
        return [path for name in self.photos[:_MOST_PHOTOS] if (path := Path(name)).is_file()]


def sessions_folder() -> Path:
    """Return the folder of what is written down here: in the platform's folder for caches."""
    return Path(platformdirs.user_cache_dir("Deblur", appauthor=False)) / "sessions"


def write_session(session: LastSession) -> None:
    """Write down what is open in this process; where that fails, it is logged.

    It is not forced to the disk, which would take a moment each time: it survives a crash of the program.
    """
    file = sessions_folder() / f"{mark_process()}.json"
    try:
        if not session.photos:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(json.dumps(asdict(session)), encoding="utf-8")
        part.replace(file)
    except OSError as error:
        log.warning("The open photos cannot be written down: %s", error)


def take_last_session() -> LastSession | None:
    """Return what was open in the last process that is gone, and forget it and all before it; None for nothing."""
    from deblur_app.core.formats.foreign_json import decode_json

    last: tuple[float, LastSession] | None = None
    for file in sessions_folder().glob("*.json"):
        if is_running(file.stem):
            continue
        try:
            time = file.stat().st_mtime
            if file.stat().st_size <= _LARGEST and (last is None or time > last[0]):
                last = time, decode_json(file.read_bytes(), LastSession)
        except (OSError, ValueError) as error:
            log.warning("%s cannot be read: %s", file, error)
        with suppress(OSError):
            file.unlink()
    return last[1] if last else None
