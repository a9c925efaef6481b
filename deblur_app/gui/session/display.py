"""Pictures and results that are ready to be painted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr, tr_later
from deblur_app.engine.blend import PLAIN, Blend
from deblur_app.gui.session.results.kept_result import KeptResult, PhotoKey

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from deblur_app.core.picture import Picture
    from deblur_app.core.tiling.local_tiling import Shares
    from deblur_app.engine.tasks import Restored

PASTED = tr_later("from the clipboard")
"""The name for the user of a picture that was pasted."""


WHOLE: Shares = (0.0, 0.0, 1.0, 1.0)
"""The place of a whole picture."""


@dataclass(frozen=True, eq=False)
class DisplayImage:
    """A picture that is ready to be painted.

    Attributes:
        picture: The picture.
        levels: The same for the screen, see `qt_image.pyramid`.
        sharp: The picture that it was blurred from in the blur lab; None for any other.
        key: Tells it from other photos.
        white: The value that `levels` show as white: less than 1 for dim pictures, which are shown brighter.
    """

    picture: Picture
    levels: list[QImage]
    sharp: DisplayImage | None = None
    key: PhotoKey = field(default_factory=lambda: PhotoKey(tr(PASTED)))
    white: float = 1.0

    @property
    def name(self) -> str:
        """The name for the user: that of its file, or where it came from."""
        return self.picture.path.name if self.picture.path else self.key.name


@dataclass(frozen=True, eq=False)
class Result:
    """The result of a method on the input.

    Attributes:
        display_image: The picture as it is seen and saved: the output of the method, blended with the input.
        restored: The output of the method, and how it was made.
        plain: The output of the method, ready to be painted; see `qt_image.pyramid`.
        blend: The blend of `shown`.
        kept: The entry of the kept result; None where it is not kept.
        notes: Sentences for the user that have nothing to do with the method.
        shows_rejected: Whether `restored.picture` is what failed its check, and `restored.rejected` the gentler one.
    """

    display_image: DisplayImage
    restored: Restored
    plain: list[QImage]
    blend: Blend = PLAIN
    kept: KeptResult | None = None
    notes: str = ""
    shows_rejected: bool = False


@dataclass(frozen=True)
class DraftShown(Progress):
    """The progress that brings a small copy of a photo that is being opened, ready for the screen.

    Attributes:
        levels: The copy, see `qt_image.pyramid`.
        name: The name of the photo's file.
    """

    levels: tuple[QImage, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class PartShown(Progress):
    """The progress that brings a part of the result, ready for the screen.

    Attributes:
        image: The part.
        place: The place of the part, in shares of width and height; that of a draft is the whole.
    """

    image: QImage | None = None
    place: Shares = WHOLE
