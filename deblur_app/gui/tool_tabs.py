"""The tools beside the panes: method, training, blur lab and PSF, each built when it is first needed and wired here."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from deblur_app.gui.viewer import captions

if TYPE_CHECKING:
    from deblur_app.engine.devices import Device
    from deblur_app.gui.blur_lab.blur_lab import BlurLab
    from deblur_app.gui.main_window import MainWindow
    from deblur_app.gui.method.live_blend import LiveBlend
    from deblur_app.gui.method.method_panel import MethodPanel
    from deblur_app.gui.psf.tool import PsfTool
    from deblur_app.gui.training_wizard.wizard import TrainingWizard
    from training.evaluation.evaluators import Preview

METHOD, TRAINING, LAB, PSF = range(4)
"""The tabs."""

_TITLES = ("&Method", "&Training", "&Blur lab", "P&SF")

_WIDTH = 260
"""The least width of the tabs, in pixels."""


class ToolTabs(QTabWidget):
    """The tabs of the tools, with what connects them to the window.

    Attributes:
        wizard: The training tab's content; None until the tab is first shown.
        lab: The blur lab's content; None until the tab is first shown.
        psf: The PSF tab at work; None until the tab is first shown.
        shows_training: Whether the panes show pictures of a training in place of the user's.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._devices: list[Device] = []
        self.wizard: TrainingWizard | None = None
        self.lab: BlurLab | None = None
        self.psf: PsfTool | None = None
        self.shows_training = False
        self._live_blend: LiveBlend | None = None
        self.setDocumentMode(True)
        self.setMinimumWidth(_WIDTH)
        self._pages = [QWidget() for _ in _TITLES]  # filled when their content is made
        for page, title in zip(self._pages, _TITLES, strict=True):
            self.addTab(page, title)
        self.currentChanged.connect(self._show_tab)

    # --- what the window tells --------------------------------------------------------------------------------------

    @functools.cached_property
    def method_panel(self) -> MethodPanel:
        """The content of the method tab; made after the first paint."""
        from deblur_app.gui.method.live_blend import LiveBlend
        from deblur_app.gui.method.method_panel import MethodPanel

        window = self._window
        panel = MethodPanel(window.session.request)
        panel.request_changed.connect(window.change_request)
        panel.deblur_wanted.connect(window.session.deblur)
        panel.model_wanted.connect(window.session.check_model)
        panel.psf_dropped.connect(self._drop_psf)
        self._fill(METHOD, panel)
        self._live_blend = LiveBlend(panel.blend_box, window.session, window.panes)
        self._live_blend.failed.connect(window.show_failure)
        return panel

    def set_devices(self, devices: list[Device]) -> None:
        """List the devices, once the engine has loaded."""
        self._devices = devices
        self.method_panel.set_devices(devices)
        if self.wizard:
            self.wizard.set_devices(devices)

    def refresh(self) -> None:
        """Pass to the tools what the session holds."""
        session = self._window.session
        self.method_panel.button.setEnabled(session.input is not None)
        self.method_panel.show_psf(captions.describe_psf(session.psf))
        if self.lab:
            self.lab.set_photo(session.sharp)
        self._tell_wizard()
        if self.psf:
            self.psf.refresh()

    def show_training(self) -> TrainingWizard:
        """Go to the training tab."""
        self.setCurrentIndex(TRAINING)
        return self._built_wizard()

    def show_lab(self) -> None:
        """Go to the blur lab."""
        self.setCurrentIndex(LAB)
        self._built_lab().blurs.setFocus()

    def show_psf(self) -> None:
        """Go to the PSF tab."""
        self.setCurrentIndex(PSF)
        self._built_psf().panel.source.kinds.setFocus()

    def leave_training(self) -> None:
        """Let the panes show the user's pictures, in place of a training's."""
        if self.currentIndex() == TRAINING:
            self.setCurrentIndex(METHOD)

    @property
    def is_training(self) -> bool:
        """True if there is a training that closing would end."""
        return self.wizard is not None and self.wizard.is_busy()

    def finish(self) -> None:
        """End the small work of the tools and wait for it: for the end of the program."""
        if self._live_blend:
            self._live_blend.finish()
        if self.lab:
            self.lab.finish()
        if self.wizard:
            self.wizard.finish()
        if self.psf:
            self.psf.finish()

    # --- building ---------------------------------------------------------------------------------------------------

    def _fill(self, tab: int, content: QWidget) -> None:
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content)
        self._pages[tab].setLayout(layout)

    @Slot(int)
    def _show_tab(self, index: int) -> None:
        if index == TRAINING:
            self._built_wizard()
            return
        if index == LAB:
            self._built_lab()
        elif index == PSF:
            self._built_psf()
        self.shows_training = False
        self._window.refresh()

    def _built_wizard(self) -> TrainingWizard:
        if self.wizard is None:
            from deblur_app.gui.training_wizard.wizard import TrainingWizard

            panel = self.wizard = TrainingWizard()
            panel.set_devices(self._devices)
            panel.preview_ready.connect(self._show_training_preview)
            panel.model_ready.connect(self._window.use_model)
            self._fill(TRAINING, panel)
            self._tell_wizard()
        return self.wizard

    def _tell_wizard(self) -> None:
        """Tell the wizard which photo is open, and which blur was found in it."""
        session = self._window.session
        if self.wizard:
            estimate = session.result.restored.estimate if session.result else None
            blur = estimate.blur if estimate else None
            path = session.input.picture.path if session.input else None
            self.wizard.set_photo(path, blur, estimate.label if estimate else "")

    def _built_lab(self) -> BlurLab:
        if self.lab is None:
            from deblur_app.gui.blur_lab.blur_lab import BlurLab

            window, view = self._window, self._window.panes.view
            lab = self.lab = BlurLab()
            lab.preview.invite("Open a photo…", window.actions_.open)
            lab.preview.invite("Try a sample", window.actions_.sample)
            lab.preview.dropped.connect(window.open_paths)
            lab.input_wanted.connect(window.session.blur)
            lab.said.connect(window.status.say)
            lab.failed.connect(window.show_failure)
            view.changed.connect(lambda: lab.look_at(view.centre))
            lab.look_at(view.centre)
            self._fill(LAB, lab)
        return self.lab

    def _built_psf(self) -> PsfTool:
        if self.psf is None:
            from deblur_app.gui.psf.panel import PsfPanel
            from deblur_app.gui.psf.tool import PsfTool

            window = self._window
            tool = self.psf = PsfTool(PsfPanel(), window.session, window.panes)
            tool.request_wanted.connect(self.method_panel.ask_for)
            tool.said.connect(window.status.say)
            tool.failed.connect(window.show_failure)
            tool.panes_free.connect(window.refresh)
            self._fill(PSF, tool.panel)
        return self.psf

    # --- what the tools say -----------------------------------------------------------------------------------------

    @Slot(object)
    def _show_training_preview(self, preview: Preview) -> None:
        """Show a held-out pair of the training in the panes, while the training tab is in front."""
        if self.currentIndex() != TRAINING or self._window.session.is_busy:
            return
        from deblur_app.gui.images import qt_image

        self.shows_training = True
        blurred, predicted = captions.describe_training(preview)
        panes = self._window.panes
        panes.input.show_picture(qt_image.pyramid(preview.blurred), blurred)
        panes.truth.show_picture(qt_image.pyramid(preview.sharp), "the sharp photo")
        panes.predicted.show_picture(qt_image.pyramid(preview.predicted), predicted)
        panes.explain(captions.explain_figures())

    @Slot()
    def _drop_psf(self) -> None:
        """Let the method find the PSF by itself again."""
        self._window.session.psf = None
        self.refresh()
        self._window.session.follow_settings()
