"""The link of the PSF editor: it estimates from the open photo, previews each change, and has results checked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.blur import kernel_arrays
from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from deblur_app.engine import psf_tasks, tasks
from deblur_app.engine.method import Request
from deblur_app.engine.methods import registry
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.psf import checks as psf_checks
from deblur_app.gui.psf import preview as psf_preview
from deblur_app.gui.psf.preview import Preview, Sight
from deblur_app.gui.psf.reduced import Reducer
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.compare.shown_picture import ShownPicture

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from deblur_app.core.parameter import Values
    from deblur_app.engine.estimation.psf_estimate import PsfEstimate
    from deblur_app.gui.psf.panel import PsfPanel
    from deblur_app.gui.psf.preview import Restore
    from deblur_app.gui.session.display import DisplayImage, Result
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.viewer.photo_view import PhotoView
    from deblur_app.restoration.deconvolution.gcv import GcvCurve
    from deblur_app.restoration.deconvolution.reblur_check import ReblurCheck

_SMOOTHING = "smoothing"
"""The parameter that the curve of cross-validation is about: how many times twice as smooth as the best."""

_MOST_SMOOTHING = 4.0
_ORDERS = {"wiener": 1, "tikhonov": 2}
"""Which differences the methods hold small; for all others the curve is Wiener's."""


class PsfTool(QObject):
    """The connection of the PSF panel with the session and the view.

    Attributes:
        panel: The tab's content.
        selection: The part of the photo that is asked.
        previews: The work on the live preview.

    Signals:
        request_wanted: Method and values for the whole photo; the session's `psf` is set.
        message: A sentence for the status line.
        failed: The exception that ended a step.
        previewed: The preview is up to date.
        panes_free: The panes shall show what the session holds again.
    """

    request_wanted = Signal(str, object)
    message = Signal(str)
    failed = Signal(object)
    previewed = Signal()
    panes_free = Signal()

    def __init__(self, panel: PsfPanel, session: Session, view: PhotoView, restore: Restore = tasks.deblur) -> None:
        """Connect `panel`; `restore` is the function that makes a preview."""
        super().__init__(panel)
        self.panel = panel
        self.selection = view.selection
        self.previews = LatestTaskRunner(self)
        self._session, self._view, self._restore = session, view, restore
        self._current = session.current_psf
        self._reducer = Reducer()
        self._input: DisplayImage | None = None
        self._result: Result | None = None
        self._preview: Preview | None = None
        self._residual: tuple[list[QImage], str] | None = None
        self._connect()
        panel.restoring.take(session.request.method, session.request.values)
        self.refresh()

    def _connect(self) -> None:
        panel, photo, checks = self.panel, self.panel.from_photo, self.panel.checks
        self._current.changed.connect(self._try_psf)
        panel.restoring.changed.connect(self.try_out)
        panel.live.toggled.connect(self._switch_preview)
        panel.deblur_wanted.connect(self._deblur)
        panel.failed.connect(self.failed)
        panel.source.message.connect(self.message)
        photo.estimate_wanted.connect(self._estimate)
        photo.point_wanted.connect(self._take_point)
        photo.grid_wanted.connect(self._estimate_grid)
        photo.selecting.connect(self.selection.arm)
        photo.whole_wanted.connect(lambda: self.selection.select(None))
        checks.reblur_wanted.connect(self._check)
        checks.curve_wanted.connect(self._draw_curve)
        checks.smoothing_chosen.connect(self._take_smoothing)
        self.selection.changed.connect(self._show_selection)
        self.previews.ready.connect(self._show_preview)
        self.previews.failed.connect(self._tell_failure)
        self._view.visible_region_changed.connect(self._follow_view)
        self._session.changed.connect(self.refresh)

    # --- what it is told --------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Update the panel to what the session holds, and the panes to what still belongs to it."""
        session = self._session
        if session.input is not self._input:
            self.selection.select(None)
        if (session.input, session.result) != (self._input, self._result):
            self._preview = self._residual = None
            self.panel.checks.say("")
            is_same = session.result and self._result and session.result.restored is self._result.restored
            if session.result and not is_same:  # one that is only blended otherwise says nothing new of the PSF
                self._take_result(session.result)
        self._input, self._result = session.input, session.result
        self.panel.set_photo(photo=session.input is not None, result=session.result is not None)
        self._show_extras()

    def finish(self) -> None:
        """End all work and wait until no thread is left: for the end of the program; no step takes long."""
        self.panel.finish()
        self.previews.finish()

    @property
    def is_in_front(self) -> bool:
        """True if the PSF editor is the one that is shown."""
        return self.panel.isVisible()

    @property
    def shows_preview(self) -> bool:
        """True if the pane of the result shows a preview in its place."""
        return self.is_in_front and self._input is not None and self._preview is not None

    # --- the live preview -------------------------------------------------------------------------------------------

    @Slot()
    def try_out(self) -> None:
        """Try the settings of the panel on the visible part."""
        view, panel = self._view, self.panel
        if self._input is None or self._current.psf is None or not panel.restoring.method or not panel.live.isChecked():
            return
        if not view.scale() or not self.is_in_front:
            return
        sight = Sight(self._input.picture, view.visible(), view.scale())
        request = Request(panel.restoring.method, panel.restoring.values(), psf=self._current.psf)
        draft = replace(request, values=_draft_request(request))
        begin, follow = (
            partial(psf_preview.preview, sight, step, self._restore, self._reducer, is_draft=step is draft)
            for step in (draft, request)
        )
        is_final = draft.values == request.values and not registry.find(request.method).is_scalable
        self.previews.ask(begin, None if is_final else follow)

    @Slot(bool)
    def _try_psf(self, by_user: bool) -> None:
        if by_user:
            self.try_out()

    @Slot()
    def _follow_view(self) -> None:
        if self._preview:
            self.try_out()

    @Slot(bool)
    def _switch_preview(self, on: bool) -> None:
        if on:
            self.try_out()
        else:
            self._preview = None
            self.panes_free.emit()
            self._show_extras()

    @Slot(object)
    def _show_preview(self, preview: Preview) -> None:
        if self._input is None or preview.picture is not self._input.picture or not self.panel.live.isChecked():
            return  # it came too late
        self._preview = preview
        self._show_extras()
        self.previewed.emit()

    def _show_extras(self) -> None:
        """Show preview and residual over what the session put into the panes, while the tab is in front."""
        if not self.is_in_front or self._input is None:
            return
        if self._preview:
            words = psf_preview.describe_preview(self._preview)
            self._view.show_result(ShownPicture(self._input.levels, words, tr("Preview")))
            self._view.show_part(self._preview.image, self._preview.place)
        if self._residual:
            self._view.show_truth(ShownPicture(*self._residual, tr("Re-blur check")))

    # --- the whole photo --------------------------------------------------------------------------------------------

    @Slot()
    def _deblur(self) -> None:
        self._session.psf = self._current.psf
        self._preview = None
        self.request_wanted.emit(self.panel.restoring.method, self.panel.restoring.values())

    def _take_result(self, result: Result) -> None:
        """Show the PSF that the method found by itself, if it did: from there the user can go on."""
        estimate = result.restored.estimate
        if estimate and estimate.psf is not None:
            self.panel.take_estimate(estimate, quietly=True)

    # --- questions to the photo -------------------------------------------------------------------------------------

    @Slot(str)
    def _estimate(self, kind: str) -> None:
        if self._input:
            task = psf_tasks.estimate(self._input.picture, kind, self.selection.pixels())
            self._session.ask(task, self._take_estimate)

    @Slot()
    def _take_point(self) -> None:
        region = self.selection.pixels()
        if self._input and region:
            self._session.ask(psf_tasks.from_point(self._input.picture, region), self._take_estimate)

    @Slot(int, int)
    def _estimate_grid(self, rows: int, columns: int) -> None:
        if self._input:
            self._session.ask(psf_tasks.estimate_grid(self._input.picture, rows, columns), self._take_estimate)

    def _take_estimate(self, estimate: PsfEstimate) -> None:
        self.message.emit(f"{estimate.label}.")
        self.panel.take_estimate(estimate)

    @Slot()
    def _show_selection(self) -> None:
        pixels = self.selection.pixels()
        self.panel.from_photo.set_selection(pixels[2:] if pixels else None)

    # --- checks -----------------------------------------------------------------------------------------------------

    @Slot(bool)
    def _check(self, on: bool) -> None:
        if not on or not (self._input and self._result):
            self._residual = None
            self.panel.checks.say("")
            self.panes_free.emit()
            self._show_extras()
            return
        self.panel.checks.reblur_button.setChecked(False)  # until there is an answer
        psf = self._result.restored.request.psf
        psf = psf or self._current.psf
        if psf is None:
            return
        check = partial(psf_tasks.reblur_check, self._input.picture, self._result.display_image.picture, psf)
        self._session.ask(psf_checks.residual(check), self._take_residual)

    def _take_residual(self, result: tuple[ReblurCheck, list[QImage]]) -> None:
        check, levels = result
        self._residual = levels, psf_checks.describe_residual(check)
        self.panel.checks.say(check.verdict)
        self._view.set_compare_mode(CompareMode.FIGURE_2)  # there it stands beside photo and result
        self._show_extras()

    @Slot()
    def _draw_curve(self) -> None:
        psf = self._current.psf
        if self._input and psf:
            kernel = kernel_arrays.grey(psf.kernel)
            order = _ORDERS.get(self.panel.restoring.method, 1)
            task = psf_tasks.gcv(self._input.picture, kernel, order)
            self._session.ask(psf_checks.prepare_curve(task), self._take_curve)

    def _take_curve(self, curve: GcvCurve) -> None:
        smoothings = np.log2(curve.regularisations / curve.regularisation)
        self.panel.checks.show_curve(smoothings, curve.scores)

    @Slot(float)
    def _take_smoothing(self, smoothing: float) -> None:
        steps = min(max(smoothing, -_MOST_SMOOTHING), _MOST_SMOOTHING)
        if not self.panel.restoring.set_value(_SMOOTHING, steps):
            self.message.emit(tr("This method has no smoothing to set. Choose Tikhonov or Wiener."))

    @Slot(object)
    def _tell_failure(self, error: Exception) -> None:
        """Show a failed preview: what the user can mend is said in the status line, without a message to close."""
        if isinstance(error, DeblurError):
            self.message.emit(str(error))
        else:
            self.failed.emit(error)


def _draft_request(request: Request) -> Values:
    """Return values that show sooner what those of `request` will give."""
    draft = registry.find(request.method).draft
    values = {name: value for name, value in draft.items() if name in request.values}
    return {**request.values, **values}
