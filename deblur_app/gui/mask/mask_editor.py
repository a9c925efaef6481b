"""The mask of the photo that is open, as it is painted: only what a stroke covers is computed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QRectF, Signal, Slot

from deblur_app.engine.masks.drawing import Box, begin_grid, draw_shape, grid_size
from deblur_app.engine.masks.mask import Gradient, Mask, Stroke, Subject, round_place
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.mask import mask_steps
from deblur_app.gui.mask.mask_history import MaskHistory

if TYPE_CHECKING:
    from deblur_app.engine.masks.drawing import Grid
    from deblur_app.engine.masks.mask import Place, Shape
    from deblur_app.gui.mask.mask_steps import DrawnMask, FoundSubject
    from deblur_app.gui.session.display import DisplayImage
    from deblur_app.gui.session.session import Session

_SPACING = 0.2
"""Radii between two points of a stroke; nearer ones would not be seen."""


@dataclass(frozen=True)
class Brush:
    """The brush.

    Attributes:
        radius: In shares of the photo's longer side.
        hardness: The share of the radius from which on it fades, in [0, 1].
        is_erasing: Whether it takes away from the mask.
    """

    radius: float = 0.05
    hardness: float = 0.5
    is_erasing: bool = False


class MaskEditor(QObject):
    """The mask of the session's photo, changed by strokes, gradients and subjects; it is part of the session's blend.

    Attributes:
        brush: The brush of the next stroke; its hardness and whether it erases hold for the other shapes too.

    Signals:
        drawn: The part of the weights that is another, in shares of the photo's width and height.
        changed: The mask is another, or a subject is looked for, or found.
        edited: The user has changed the mask.
        failed: The exception that ended the search for a subject.
    """

    drawn = Signal(QRectF)
    changed = Signal()
    edited = Signal()
    failed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.brush = Brush()
        self._photo: DisplayImage | None = None
        self._history = MaskHistory()
        self._grid: Grid | None = None  # not inverted
        self._subjects: dict[Subject, Grid] = {}
        self._points: list[Place] = []  # of the stroke that is being drawn
        self._base: Grid | None = None  # before the gradient that is being drawn
        self._late: Subject | None = None  # found while something else was being drawn
        self._is_drawn = True
        self._redraws, self._searches = LatestTaskRunner(self), LatestTaskRunner(self)
        self._redraws.ready.connect(self._take_drawn)
        self._searches.ready.connect(self._take_subject)
        self._searches.idle.connect(self.changed)
        for steps in (self._redraws, self._searches):
            steps.failed.connect(self.failed)
        session.changed.connect(self._follow_photo)
        session.settings_taken.connect(self._follow_blend)
        self._follow_photo()

    # --- what there is ----------------------------------------------------------------------------------------------

    @property
    def mask(self) -> Mask:
        """The mask; one that says nothing where the whole photo is restored."""
        return self._history.mask

    @property
    def weights(self) -> Grid | None:
        """A copy of the weights of the mask; None where the whole photo is restored."""
        return None if self._grid is None else self.read_weights(Box(0, 0, self._grid.shape[1], self._grid.shape[0]))

    @property
    def is_drawn(self) -> bool:
        """True if the weights are those of the mask: not of the one before, nor with a stroke that is being painted."""
        return self._is_drawn and not self._points and self._base is None

    def read_weights(self, box: Box) -> Grid:
        """Return a copy of the weights in a rectangle of cells; only where there are weights."""
        if self._grid is None:
            raise ValueError("there is no mask")
        part = self._grid[box.slices]
        return np.subtract(255, part, dtype=np.uint8) if self.mask.is_inverted else part.copy()

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the weights; (0, 0) without any."""
        return (0, 0) if self._grid is None else (self._grid.shape[1], self._grid.shape[0])

    @property
    def can_edit(self) -> bool:
        """True if shapes can be added: a photo is open, and its mask is drawn and not a picture."""
        return self._photo is not None and self._is_drawn and not self.mask.image

    @property
    def is_looking(self) -> bool:
        """True while a subject is looked for."""
        return self._searches.is_busy

    @property
    def _erases(self) -> bool:
        """True if the next shape takes away from the mask as it is kept: from what is seen, before it is inverted."""
        return self.brush.is_erasing != self.mask.is_inverted

    def can_go(self, steps: int) -> bool:
        """Return whether there is a mask before this one (steps -1), or one that was gone back from (1)."""
        return self._history.can_go(steps)

    # --- what the user does -----------------------------------------------------------------------------------------

    def begin_stroke(self, place: Place) -> None:
        """Begin a stroke of the brush at a place in shares of the photo."""
        if self.can_edit:
            self._points = [round_place(*place)]
            is_first = self._grid is None
            self._draw(self._stroke(self._points))
            if is_first:
                self.drawn.emit(QRectF(0, 0, 1, 1))  # outside of it the photo is seen now

    def extend_stroke(self, place: Place) -> None:
        """Lead the stroke to a place."""
        if self._points and self._is_further(place):
            self._points.append(round_place(*place))
            self._draw(self._stroke(self._points[-2:]))

    def end_stroke(self) -> None:
        """Keep the stroke."""
        if self._points:
            points, self._points = self._points, []
            self._keep(self._stroke(points))
            self._add_late()

    def stretch_gradient(self, start: Place, end: Place) -> None:
        """Show a gradient that is being drawn."""
        if not self.can_edit:
            return
        shape = Gradient(round_place(*start), round_place(*end), self._erases)
        self._base = self._begin(shape) if self._base is None else self._base
        self._grid = self._base.copy()
        self._draw(shape)

    def end_gradient(self, start: Place, end: Place) -> None:
        """Keep a gradient."""
        if self._base is not None:
            self._base = None
            self._keep(Gradient(round_place(*start), round_place(*end), self._erases))
            self._add_late()

    def cancel(self) -> None:
        """Give up the stroke or the gradient that is being drawn."""
        if self._points or self._base is not None:
            self._points, self._base = [], None
            self._redraw()
            self._add_late()

    def add_subject(self, rectangle: QRectF) -> None:
        """Look for the thing in a rectangle, and add it to the mask when it is found."""
        box = rectangle.normalized().intersected(QRectF(0, 0, 1, 1))
        if self._photo and self.can_edit and not box.isEmpty():
            sides = (box.left(), box.top(), box.right(), box.bottom())
            subject = Subject(sides, self.brush.hardness, self._erases)
            self._searches.ask(partial(mask_steps.find, subject, self._photo))
            self.changed.emit()

    def invert(self) -> None:
        """Restore everything but what is restored now."""
        if self.mask:
            self._go_on(replace(self.mask, is_inverted=not self.mask.is_inverted), is_drawn=True)

    def clear(self) -> None:
        """Restore the whole photo."""
        if self.mask:
            self._grid = None
            self._go_on(Mask(), is_drawn=True)

    def go(self, steps: int) -> None:
        """Go back to the mask before (-1), or forth again (1)."""
        if self.can_go(steps):
            self._history.go(steps)
            self._redraw()
            self._tell_blend()

    def finish(self) -> None:
        """End all work and wait for it: for the end of the program."""
        self._redraws.finish()
        self._searches.finish()

    # --- following the session --------------------------------------------------------------------------------------

    @Slot()
    def _follow_photo(self) -> None:
        if self._session.input is not self._photo:
            self._photo = self._session.input
            self._subjects.clear()
            self._begin_anew(self._session.blend.mask)

    @Slot()
    def _follow_blend(self) -> None:
        """Show the mask of a result that was brought back, or of a recipe."""
        if self._session.input is not self._photo:
            self._follow_photo()
        elif (self._session.blend.mask or Mask()) != self.mask:
            self._begin_anew(self._session.blend.mask)

    def _begin_anew(self, mask: Mask | None) -> None:
        self._history = MaskHistory(mask)
        self._points, self._base, self._late = [], None, None
        self._redraw()
        self.changed.emit()

    # --- drawing ----------------------------------------------------------------------------------------------------

    def _stroke(self, points: list[Place]) -> Stroke:
        return Stroke(tuple(points), self.brush.radius, self.brush.hardness, self._erases)

    def _is_further(self, place: Place) -> bool:
        """Return whether a place is so far from the last point that the stroke is seen to go on."""
        if self._photo is None:
            return False
        picture = self._photo.picture
        away = np.subtract(place, self._points[-1]) * (picture.width, picture.height)
        return float(np.hypot(*away)) >= _SPACING * self.brush.radius * max(picture.width, picture.height)

    def _begin(self, shape: Shape) -> Grid:
        """Return the grid that a shape is drawn into."""
        if self._grid is not None:
            return self._grid
        picture = self._session.input.picture if self._session.input else None
        return begin_grid(shape, grid_size(picture.width, picture.height) if picture else (1, 1))

    def _draw(self, shape: Shape) -> None:
        """Draw a shape, a subject that has been found at most, and tell what it changed."""
        if self._photo:
            self._grid = self._begin(shape)
            box = draw_shape(self._grid, shape, self._photo.picture.pixels, self._subjects)
            rows, columns = self._grid.shape
            if not box.is_empty:
                self.drawn.emit(
                    QRectF(box.left / columns, box.top / rows, (box.right - box.left) / columns,
                           (box.bottom - box.top) / rows)
                )  # fmt: skip

    def _keep(self, shape: Shape) -> None:
        self._go_on(replace(self.mask, shapes=(*self.mask.shapes, shape)))

    def _go_on(self, mask: Mask, *, is_drawn: bool = False) -> None:
        """Take another mask; where all of it `is_drawn` otherwise, what is seen comes before the whole photo."""
        self._history.add(mask)
        self._tell_blend(is_drawn=is_drawn)
        self.edited.emit()

    def _tell_blend(self, *, is_drawn: bool = False) -> None:
        self._session.blend = replace(self._session.blend, mask=self.mask or None)
        if is_drawn:
            self.drawn.emit(QRectF(0, 0, 1, 1))
        self.changed.emit()

    def _redraw(self) -> None:
        """Draw the mask anew: in a blink, unless a subject has to be looked for or a picture decoded."""
        if not self.mask or self._photo is None:
            had_weights, self._grid, self._is_drawn = self._grid is not None, None, True
            if had_weights:
                self.drawn.emit(QRectF(0, 0, 1, 1))
        else:
            self._is_drawn = False
            self._redraws.ask(partial(mask_steps.draw, self.mask, self._photo, dict(self._subjects)))

    @Slot(object)
    def _take_drawn(self, drawn: DrawnMask) -> None:
        """Take a mask that was drawn in the background; one of before another change comes too late."""
        if drawn.photo is self._photo and drawn.mask == self.mask and not self._points and self._base is None:
            self._subjects |= drawn.subjects
            self._grid, self._is_drawn = drawn.grid, True
            self.drawn.emit(QRectF(0, 0, 1, 1))
            self.changed.emit()

    @Slot(object)
    def _take_subject(self, found: FoundSubject) -> None:
        """Add a subject that was found, or wait with it until what is being drawn is done."""
        if found.photo is self._photo:
            self._subjects[found.subject] = found.grid
            self._late = found.subject
            if not self._points and self._base is None:
                self._add_late()

    def _add_late(self) -> None:
        if self._late and self.can_edit:
            subject, self._late = self._late, None
            self._draw(subject)
            self._keep(subject)
            self.drawn.emit(QRectF(0, 0, 1, 1))
