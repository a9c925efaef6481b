"""The tools beside the panes: method, training, blur lab and PSF, each built when it is first needed and wired here."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from deblur_app.gui.viewer import captions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.engine.devices import Device
    from deblur_app.gui.blur_lab.blur_lab import BlurLab
    from deblur_app.gui.method.live_blend import LiveBlend
    from deblur_app.gui.method.method_panel import MethodPanel
    from deblur_app.gui.psf.tool import PsfTool
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.training_wizard.wizard import TrainingWizard
    from deblur_app.gui.viewer.viewer import Viewer
    from training.evaluation.evaluators import Preview

METHOD, TRAINING, LAB, PSF = range(4)
"""The tabs."""

_TITLES = ("&Method", "Trai&ning", "&Blur lab", "P&SF")

_WIDTH = 260
"""The least width of the tabs, in pixels."""

_PSF_PREVIEW = "This is a preview of a part. “Deblur the whole photo” makes the result, which can be {what} then."


class ToolTabs(QTabWidget):
    """The tabs of the tools, with what connects them to session and viewer.

    Attributes:
        wizard: The training tab's content; None until the tab is first shown.
        lab: The blur lab's content; None until the tab is first shown.
        psf: The PSF tab at work; None until the tab is first shown.

    Signals:
        called: The user asks for one of the tools, which may be hidden.
        open_wanted: The user asks for a photo to open.
        sample_wanted: The user asks for the sample.
        dropped: List of the paths that were dropped on a tool.
        request_changed: The session has another request, which is to be kept for the next start.
        panes_free: The panes shall show what the session holds again.
        said: A sentence for the status line.
        failed: The exception that ended a step.
    """

    called = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    dropped = Signal(list)
    request_changed = Signal()
    panes_free = Signal()
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, viewer: Viewer) -> None:
        super().__init__()
        self._session, self._viewer = session, viewer
        self._devices: list[Device] = []
        self.wizard: TrainingWizard | None = None
        self.lab: BlurLab | None = None
        self.psf: PsfTool | None = None
        self._live_blend: LiveBlend | None = None
        self.setDocumentMode(True)
        self.setMinimumWidth(_WIDTH)
        self._pages = [QWidget() for _ in _TITLES]  # filled when their content is made
        for page, title in zip(self._pages, _TITLES, strict=True):
            self.addTab(page, title)
        self.currentChanged.connect(self._show_tab)
        session.settings_taken.connect(self._take_settings)
        session.model_checked.connect(self.use_model)

    # --- what the window tells --------------------------------------------------------------------------------------

    @functools.cached_property
    def method_panel(self) -> MethodPanel:
        """The content of the method tab; made after the first paint."""
        from deblur_app.gui.method.live_blend import LiveBlend
        from deblur_app.gui.method.method_panel import MethodPanel

        session = self._session
        panel = MethodPanel(session.request)
        panel.request_changed.connect(self._change_request)
        panel.deblur_wanted.connect(session.deblur)
        panel.model_wanted.connect(session.check_model)
        panel.psf_dropped.connect(self._drop_psf)
        self._fill(METHOD, panel)
        self._live_blend = LiveBlend(panel.blend_box, session, self._viewer.panes)
        self._live_blend.failed.connect(self.failed)
        return panel

    def set_devices(self, devices: list[Device]) -> None:
        """List the devices, once the engine has loaded."""
        self._devices = devices
        self.method_panel.set_devices(devices)
        if self.wizard:
            self.wizard.set_devices(devices)

    def refresh(self) -> None:
        """Pass to the tools what the session holds."""
        session = self._session
        self.method_panel.set_photo(photo=session.input is not None, result=session.result is not None)
        self.method_panel.show_psf(captions.describe_psf(session.psf))
        if self.lab:
            self.lab.set_photo(session.sharp)
        self._tell_wizard()
        if self.psf:
            self.psf.refresh()

    def show_training(self) -> TrainingWizard:
        """Go to the training tab."""
        self.called.emit()
        self.setCurrentIndex(TRAINING)
        return self._build_wizard()

    def show_lab(self) -> None:
        """Go to the blur lab."""
        self.called.emit()
        self.setCurrentIndex(LAB)
        self._build_lab().blurs.setFocus()

    def show_psf(self) -> None:
        """Go to the PSF tab."""
        self.called.emit()
        self.setCurrentIndex(PSF)
        self._build_psf().panel.source.kinds.setFocus()

    @Slot()
    def leave_training(self) -> None:
        """Let the panes show the user's pictures, in place of a training's."""
        if self.currentIndex() == TRAINING:
            self.setCurrentIndex(METHOD)

    @Slot(object)
    def use_model(self, card: Path) -> None:
        """Deblur with a model from now on."""
        self.setCurrentIndex(METHOD)
        self.method_panel.use_model(card)
        self.said.emit(f"Deblur now uses the model “{card.parent.name}”.")

    @property
    def is_training(self) -> bool:
        """True if there is a training that closing would end."""
        return self.wizard is not None and self.wizard.is_busy()

    def shut_down(self, follow: Callable[[], object]) -> None:
        """End the training, where one runs, and call `follow` when it has ended; returns at once."""
        if self.wizard and self.is_training:
            self.wizard.shut_down(follow)

    def finish(self) -> None:
        """End the small work of the tools and wait for it: for the end of the program."""
        for tool in (self._live_blend, self.lab, self.wizard, self.psf):
            if tool:
                tool.finish()

    # --- building ---------------------------------------------------------------------------------------------------

    def _fill(self, tab: int, content: QWidget) -> None:
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content)
        self._pages[tab].setLayout(layout)

    @Slot(int)
    def _show_tab(self, index: int) -> None:
        if index == TRAINING:
            self._build_wizard()
            return
        if index == LAB:
            self._build_lab()
        elif index == PSF:
            self._build_psf()
        self._viewer.shows_training = False
        self.panes_free.emit()

    def _build_wizard(self) -> TrainingWizard:
        if self.wizard is None:
            from deblur_app.gui.training_wizard.wizard import TrainingWizard

            panel = self.wizard = TrainingWizard()
            panel.set_devices(self._devices)
            panel.preview_ready.connect(self._show_training_preview)
            panel.model_ready.connect(self.use_model)
            self._fill(TRAINING, panel)
            self._tell_wizard()
        return self.wizard

    def _tell_wizard(self) -> None:
        """Tell the wizard which photo is open, and which blur was found in it."""
        session = self._session
        if self.wizard:
            estimate = session.result.restored.estimate if session.result else None
            blur = estimate.model if estimate else None
            path = session.input.picture.path if session.input else None
            self.wizard.set_photo(path, blur, estimate.label if estimate else "")

    def _build_lab(self) -> BlurLab:
        if self.lab is None:
            from deblur_app.gui.blur_lab.blur_lab import BlurLab

            view = self._viewer.panes.view
            lab = self.lab = BlurLab()
            lab.preview.invite("Open a photo…", self.open_wanted.emit)
            lab.preview.invite("Try a sample", self.sample_wanted.emit)
            lab.preview.dropped.connect(self.dropped)
            lab.input_wanted.connect(self._session.blur)
            lab.said.connect(self.said)
            lab.failed.connect(self.failed)
            view.changed.connect(lambda: lab.look_at(view.centre))
            lab.look_at(view.centre)
            self._fill(LAB, lab)
        return self.lab

    def _build_psf(self) -> PsfTool:
        if self.psf is None:
            from deblur_app.gui.psf.panel import PsfPanel
            from deblur_app.gui.psf.tool import PsfTool

            tool = self.psf = PsfTool(PsfPanel(self._session.current_psf), self._session, self._viewer.panes)
            tool.request_wanted.connect(self.method_panel.ask_for)
            tool.said.connect(self.said)
            tool.failed.connect(self.failed)
            tool.panes_free.connect(self.panes_free)
            self._viewer.add_reason(lambda: _PSF_PREVIEW if tool.shows_preview else "")
            self._fill(PSF, tool.panel)
        return self.psf

    # --- what the tools say -----------------------------------------------------------------------------------------

    @Slot()
    def _change_request(self) -> None:
        """Take the request of the method panel, and deblur."""
        self._session.request = self.method_panel.request()
        self.request_changed.emit()
        self._session.follow_settings()

    @Slot()
    def _take_settings(self) -> None:
        """Show the settings that a result was made with, because it is shown again."""
        self.method_panel.show_request(self._session.request)
        self.request_changed.emit()

    @Slot(object)
    def _show_training_preview(self, preview: Preview) -> None:
        """Show a held-out pair of the training in the panes, while the training tab is in front."""
        if self.currentIndex() == TRAINING and not self._session.is_busy:
            self._viewer.show_training(preview)

    @Slot()
    def _drop_psf(self) -> None:
        """Let the method find the PSF by itself again."""
        self._session.psf = None
        self.refresh()
        self._session.follow_settings()
