"""Drawing of whole masks as a task: subjects are looked for, and pictures decoded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.engine.masks.drawing import draw_mask, grid_size
from deblur_app.engine.masks.mask import Subject
from deblur_app.engine.masks.subject import find_subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deblur_app.engine.masks.drawing import Grid
    from deblur_app.engine.masks.mask import Mask
    from deblur_app.gui.session.display import DisplayImage


@dataclass(frozen=True, eq=False)
class DrawnMask:
    """A mask that was drawn.

    Attributes:
        mask: The mask.
        photo: The photo.
        grid: Its weights, not inverted.
        subjects: The weights of its subjects.
    """

    mask: Mask
    photo: DisplayImage
    grid: Grid
    subjects: dict[Subject, Grid]


@dataclass(frozen=True, eq=False)
class FoundSubject:
    """A subject that was found.

    Attributes:
        subject: The subject.
        photo: The photo.
        grid: Its weights.
    """

    subject: Subject
    photo: DisplayImage
    grid: Grid


def find(subject: Subject, photo: DisplayImage) -> Task[FoundSubject]:
    """Look for a subject."""
    yield Progress(0.0, tr("Looking for the subject"))
    size = grid_size(photo.picture.width, photo.picture.height)
    return FoundSubject(subject, photo, find_subject(photo.picture.pixels, subject, size))


def draw(mask: Mask, photo: DisplayImage, subjects: Mapping[Subject, Grid]) -> Task[DrawnMask]:
    """Draw a mask.

    Args:
        mask: The mask.
        photo: The photo.
        subjects: The weights of subjects that have been found already.

    Raises:
        DeblurError: The mask is a picture of another size than the photo.
    """
    known = dict(subjects)
    pixels = photo.picture.pixels
    for shape in mask.shapes:
        if isinstance(shape, Subject) and shape not in known:
            known[shape] = (yield from find(shape, photo)).grid
    yield Progress(0.9, tr("Drawing the mask"))
    return DrawnMask(mask, photo, draw_mask(replace(mask, is_inverted=False), pixels, known), known)
