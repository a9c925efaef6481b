"""The PSF editor: the kernel, its source, the method that undoes it, and checks of the result."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from deblur_app.blur.psf import Origin, Psf
from deblur_app.core.texts import tr
from deblur_app.gui import theme
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.psf import preview
from deblur_app.gui.psf.checks import Checks
from deblur_app.gui.psf.kernel_editor.editor import PsfEditor
from deblur_app.gui.psf.kernel_editor.grid_view import GridView
from deblur_app.gui.psf.photo import FromPhoto
from deblur_app.gui.psf.restoring import Restoring
from deblur_app.gui.psf.source import PsfSource
from deblur_app.gui.session.current_psf import CurrentPsf
from deblur_app.gui.widgets.scrolling import align_foot, column_heading, scroll_column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from deblur_app.engine.estimation.psf_estimate import PsfEstimate
    from deblur_app.gui.psf.preview import PsfView


class PsfPanel(QWidget):
    """The panel in which the user chooses, draws, mends, estimates, keeps and tries a point spread function.

    It knows neither photo nor session: it says what is wanted, and is told what was found.

    Attributes:
        current: The PSF that shows; its owner is the session.
        editor: The kernel under the brush.
        grid: The kernels of all regions.
        source: The source of the PSF.
        from_photo: The questions to the photo.
        restoring: Method and knobs.
        checks: The questions about the result.
        live: Whether each change is tried at once.

    Signals:
        deblur_wanted: Undo it in the whole photo.
        failed: The exception that ended a step.
    """

    deblur_wanted = Signal()
    failed = Signal(object)

    def __init__(self, current: CurrentPsf | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.current = CurrentPsf(self) if current is None else current
        self._has_photo = False
        self._is_quiet = True
        self._quiet: Callable[[], Psf] | None = None  # what shows without the user having asked for it
        self.looks = LatestTaskRunner(self)
        self.editor = PsfEditor()
        self.grid = GridView()
        self.kernels = QStackedWidget()
        self.kernels.addWidget(self.editor)
        self.kernels.addWidget(self.grid)
        self.source = PsfSource(self.current)
        self.from_photo = FromPhoto()
        self.restoring = Restoring()
        self.checks = Checks()
        self.live = QCheckBox(tr("Live previe&w"))
        self.live.setToolTip(tr("Show each change at once, at the size of the screen, in place of the result"))
        self.live.setChecked(True)
        self.deblur_button = QPushButton(tr("&Deblur the whole photo"))
        self.deblur_button.setToolTip(tr("Remove this blur from the whole photo, at full size"))
        self._lay_out()
        self._connect()
        self._look()
        self._is_quiet = False

    # --- what it is told --------------------------------------------------------------------------------------------

    def set_photo(self, *, photo: bool, result: bool) -> None:
        """Set whether there is a photo, and a result."""
        self.from_photo.set_photo(there=photo)
        self.checks.enable(photo=photo, result=result)
        self._has_photo = photo
        self._update_button()

    def take_estimate(self, estimate: PsfEstimate, *, quietly: bool = False) -> None:
        """Show a PSF that was found; `quietly` where the photo has been restored with it already."""
        self._is_quiet = quietly
        if estimate.psf and estimate.psf.model:
            self.source.choose_blur(estimate.psf.model)
        elif estimate.psf:
            self.source.choose_psf(
                tr("Estimated per region") if estimate.psf.grid else tr("Estimated from the photo"), estimate.psf
            )
        self._is_quiet = False

    def finish(self) -> None:
        """End all work and wait until no thread is left: for the end of the program; no step takes long."""
        self.source.jobs.finish()
        self.looks.finish()

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        page = QWidget()
        form = QVBoxLayout(page)
        form.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        form.addWidget(self.kernels)
        form.addWidget(self.source)
        for title, part in (
            (tr("Estimate from the photo"), self.from_photo),
            (tr("Deblur with this PSF"), self.restoring),
            (tr("Check"), self.checks),
        ):
            form.addWidget(column_heading(title))
            form.addWidget(part)
        form.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        area = scroll_column(page)
        layout.addWidget(area, 1)
        below = QVBoxLayout()
        below.setContentsMargins(theme.SPACE, 0, theme.SPACE, theme.SPACE)
        align_foot(below, area)
        below.addWidget(self.live)
        below.addWidget(self.deblur_button)
        layout.addLayout(below)

    def _connect(self) -> None:
        self.source.changed.connect(self._look)
        self.source.failed.connect(self.failed)
        self.editor.drawn.connect(self._take_drawn)
        self.grid.cell_chosen.connect(self._take_cell)
        self.looks.ready.connect(self._show)
        self.looks.failed.connect(self.failed)
        self.deblur_button.clicked.connect(self.deblur_wanted)
        self.current.changed.connect(self._update_button)
        self._update_button()

    # --- inside -----------------------------------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        """Show the PSF that is chosen in the source."""
        make = self.source.maker()
        self._quiet = make if self._is_quiet else None
        if make is None:  # nothing is drawn yet: what shows is where drawing begins
            self._take_drawn()
        else:
            self.looks.ask(partial(preview.view_psf, make))

    @Slot(object)
    def _show(self, look: PsfView) -> None:
        if self.source.is_drawn and look.psf is not self.source.drawn_psf:
            return  # the user has drawn meanwhile
        if look.psf.grid:
            self.grid.show_grid(look.psf.grid.kernels, look.psf.grid.confidence)
            self.kernels.setCurrentWidget(self.grid)
        else:
            self.editor.show_kernel(look.kernel)
            self.kernels.setCurrentWidget(self.editor)
        self.current.take(look.psf, is_wanted=look.make is not self._quiet)

    @Slot()
    def _take_drawn(self) -> None:
        """Take the drawn kernel as the PSF; it is there already, so nothing needs to be made ready."""
        kernel = self.editor.kernel()
        psf = None if kernel is None else Psf(kernel, Origin.DRAWN)
        self.source.set_drawn(psf)
        self.current.take(psf)

    @Slot(int, int)
    def _take_cell(self, row: int, column: int) -> None:
        psf = self.current.psf
        if psf and psf.grid:
            kernel, confidence = psf.grid.kernels[row][column], psf.grid.confidence[row][column]
            self.source.choose_psf(
                tr("Region {row}, {column}", row=row + 1, column=column + 1), Psf(kernel, psf.origin, None, confidence)
            )

    @Slot()
    def _update_button(self) -> None:
        has_psf = self.current.psf is not None
        self.deblur_button.setEnabled(self._has_photo and has_psf and bool(self.restoring.method))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the selection on the photo away by Esc."""
        if event.key() == Qt.Key.Key_Escape and self.from_photo.whole_button.isEnabled():
            self.from_photo.whole_wanted.emit()
        else:
            super().keyPressEvent(event)
