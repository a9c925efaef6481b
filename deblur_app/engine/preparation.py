"""What happens to a photo before its blur is estimated and undone, and to the result after that.

The order: `prepare` before the blur is estimated, `prepare_for_psf` once the point spread function is known,
`finish` after the method. Each step adds a note where a user should know of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deblur_app.core.task import Progress, Task

if TYPE_CHECKING:
    from deblur_app.core.picture import Picture, Pixels
    from deblur_app.engine.method import Psf


@dataclass(frozen=True, eq=False)
class Prepared:
    """A photo as estimation and methods get it.

    Attributes:
        original: The photo as it was read.
        picture: What the blur is estimated from and the method is given; of the same size.
        notes: Sentences for the user.
    """

    original: Picture
    picture: Picture
    notes: tuple[str, ...] = ()

    def with_note(self, note: str) -> Prepared:
        """Return the same photo with one more note; an empty one and one that is there already are left out."""
        return self if not note or note in self.notes else replace(self, notes=(*self.notes, note))


def prepare(picture: Picture) -> Task[Prepared]:
    """Prepare `picture` for the estimation of its blur."""
    yield Progress(0.0, "Looking at the photo")
    return Prepared(picture, picture)


def prepare_for_psf(prepared: Prepared, psf: Psf) -> Task[Prepared]:
    """Prepare a photo for a method that undoes `psf`: what only the point spread function tells is done here."""
    del psf
    yield Progress(0.0, "Looking at the photo")
    return prepared


def finish(prepared: Prepared, pixels: Pixels) -> Task[Pixels]:
    """Return the result of a method as one of the original photo.

    Args:
        prepared: What the method was given.
        pixels: What it gave, shape (height, width, 3), in [0, 1]; the paper's network may give another size.
    """
    del prepared
    yield Progress(1.0, "Finishing")
    return pixels
