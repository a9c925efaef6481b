"""A result that is kept, and the photo that it is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.engine.blend import PLAIN, Blend

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from deblur_app.engine.method import Request
    from deblur_app.engine.tasks import Restored


@dataclass(frozen=True)
class PhotoKey:
    """The identity of the photo that a result is of.

    Attributes:
        name: The name for the user.
        path: Its file, or None for one from the clipboard or the blur lab.
        stamp: Time of the last change in nanoseconds and size of the file; a number for a photo without a file.
        page: Which page of its file it is, from 0 on.
    """

    name: str
    path: Path | None = None
    stamp: tuple[int, int] = (0, 0)
    page: int = 0


@dataclass(eq=False)
class KeptResult:
    """A result that is kept.

    Attributes:
        photo: The photo that it is of.
        request: The method and the settings it was made with.
        settings: The same as a key, see `settings_key`.
        restored: How it was made; its pictures have no pixels, unless they could not be written.
        is_changed: Whether it differs from the photo.
        blend: The blend in which it was last shown.
        shows_rejected: Whether the picture that failed its check was shown last, in place of the gentler one.
        saved_as: Blend and `shows_rejected` of the last time it was saved, or None.
        file: The path of its pixels, without an ending; None where they are in memory.
        thumbnail: A small picture of it; None until it was shown.
        is_starred: Whether the user has marked it, so that it is dropped last where the disk is nearly full.
    """

    photo: PhotoKey
    request: Request
    settings: str
    restored: Restored
    is_changed: bool
    blend: Blend = PLAIN
    shows_rejected: bool = False
    saved_as: tuple[Blend, bool] | None = None
    file: Path | None = None
    thumbnail: QImage | None = None
    is_starred: bool = False

    @property
    def is_saved(self) -> bool:
        """True if it was saved as it was last shown."""
        return self.saved_as == (self.blend, self.shows_rejected)
