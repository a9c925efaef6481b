"""The link of the blur map: it has the field of kernels of the open photo estimated, and shows it over the photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from deblur_app.core.texts import tr
from deblur_app.gui.background.runner import TaskRunner
from deblur_app.gui.viewer.blur_map.map_cells import list_cells
from deblur_app.gui.viewer.blur_map.map_layer import MapLayer

if TYPE_CHECKING:
    from deblur_app.blur.psf import Psf
    from deblur_app.core.picture import Picture
    from deblur_app.core.task import Progress
    from deblur_app.engine.estimation.psf_estimate import PsfEstimate
    from deblur_app.engine.masks.mask import Stroke
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.viewer.photo_view import PhotoView


class MapTool(QObject):
    """The blur map of the open photo.

    Attributes:
        layer: The map over the photo.
    """

    def __init__(self, session: Session, view: PhotoView) -> None:
        super().__init__(view)
        self._session = session
        self._canvas, self.layer = view.canvas, MapLayer(view.canvas)
        self._photo: Picture | None = None  # whose map is shown or estimated
        self._psf: Psf | None = None  # what was estimated for it
        self._estimated_photo: Picture | None = None  # whose estimate runs
        self._failed_photo: Picture | None = None
        self._runner = TaskRunner(self)
        self._runner.progressed.connect(self._show_progress)
        self._runner.succeeded.connect(self._take)
        self._runner.failed.connect(self._show_failure)
        self._runner.ended.connect(self._go_on)
        self.layer.brushes.stroked.connect(self._mark)
        session.changed.connect(self._follow)

    @Slot()
    def toggle(self) -> None:
        """Show the map over the photo, or hide it; what is being estimated is given up."""
        if self.layer.isVisible():
            self.layer.hide()
            self._runner.cancel()
        elif self._session.input:
            self.layer.setGeometry(self._canvas.rect())
            self.layer.raise_()
            self.layer.show()
            self._follow()

    def finish(self) -> None:
        """End the estimate and wait for it: for the end of the program."""
        self._runner.finish()

    @Slot()
    def _follow(self) -> None:
        """Show the map of the photo that is open now."""
        photo = self._session.input.picture if self._session.input else None
        if photo is not self._photo:
            self._photo, self._psf = photo, None
            self.layer.show_map(None)
            self._runner.cancel()
        if not self.layer.isVisible():
            return
        if photo is None:
            self.layer.hide()
        elif psf := self._wanted_field or self._markable_psf or self._known_field or self._psf:
            self._runner.cancel()
            self.layer.show_map(list_cells(psf, (photo.width, photo.height)), can_mark=psf is self._markable_psf)
        else:
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        """Estimate the field of the photo, where that is wanted and nothing else runs."""
        is_wanted = self.layer.isVisible() and self.layer.blur_map is None
        if not is_wanted or self._runner.is_busy or self._photo in (None, self._failed_photo):
            return
        from deblur_app.engine import psf_tasks

        self.layer.say(tr("Estimating the blur map…"))
        self._estimated_photo = self._photo
        self._runner.run(psf_tasks.estimate_field(self._photo))

    @Slot(object, bool)
    def _mark(self, stroke: Stroke, is_moving: bool) -> None:
        """Restore anew what a stroke covers."""
        photo, psf = self._photo, self._markable_psf
        if photo and psf:
            from deblur_app.engine.marked import mark_stroke

            size = photo.width, photo.height
            self._session.restore_marked(mark_stroke(psf, size, stroke, is_moving=is_moving))

    @property
    def _markable_psf(self) -> Psf | None:
        """The kernels that the shown result was made with, where places of it can be marked; None for none."""
        result = self._session.result
        if result is None or result.kept is None or result.shows_rejected:
            return None
        from deblur_app.engine.marked import METHODS

        return result.restored.request.psf if result.restored.request.method in METHODS else None

    @property
    def _wanted_field(self) -> Psf | None:
        """The kernels that the next restoration undoes, where the user has given some that vary; None for none."""
        psf = self._session.psf
        return psf if psf and psf.grid else None

    @property
    def _known_field(self) -> Psf | None:
        """The kernels of the photo where they are known to vary, as they were estimated."""
        session = self._session
        restored = session.result.restored if session.result else None
        estimate = (restored.estimate if restored else None) or session.known_estimate
        for psf in (restored.request.psf if restored else None, estimate.psf if estimate else None):
            if psf and psf.grid:
                return psf
        return None

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        if self.layer.isVisible():
            self.layer.say(tr("Estimating the blur map: {fraction:.0%}", fraction=progress.fraction))

    @Slot(object)
    def _take(self, estimate: PsfEstimate) -> None:
        if self._estimated_photo is self._photo:
            self._psf = estimate.psf
            self._follow()

    @Slot(object)
    def _show_failure(self, error: Exception) -> None:
        from deblur_app.gui.dialogs.messages import sentence

        self._failed_photo = self._estimated_photo
        self.layer.say(sentence(error))
