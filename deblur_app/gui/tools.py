"""The tools of the workspaces: method, PSF editor, blur lab and training, each built when it is first needed."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.shell.train_page import TrainPage
from deblur_app.gui.shell.workspace import Workspace
from deblur_app.gui.theme import SETTLE
from deblur_app.gui.viewer import captions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.engine.devices import Device
    from deblur_app.gui.blur_lab.blur_lab import BlurLab
    from deblur_app.gui.mask.mask_tool import MaskTool
    from deblur_app.gui.method.live_blend import LiveBlend
    from deblur_app.gui.method.method_panel import MethodPanel
    from deblur_app.gui.method.panel_facts import PanelFacts
    from deblur_app.gui.psf.tool import PsfTool
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.training_wizard.wizard import TrainingWizard
    from deblur_app.gui.viewer.viewer import Viewer

_PSF_PREVIEW = tr_later(
    "This is a preview of a part. “Deblur the whole photo” makes the result, which can be {what} then."
)


class Tools(QObject):
    """The tools, with what connects them to session and viewer, and the workspace that is in front.

    Attributes:
        workspace: The workspace that is in front.
        photo_panel: The panel of Photo.
        lab_panel: The panel of Lab: the PSF editor and the blur lab as its two tabs.
        train_page: All of Train.
        lab: The blur lab's content; None until it is first shown.
        psf: The PSF editor at work; None until it is first shown.
        live_blend: The live blending of the result; None until the panel of Photo is made.
        mask: The mask of the photo; None until then, too.
        facts: What the panel says of the photo; there with the panel.

    Signals:
        workspace_changed: The `Workspace` that is in front now.
        open_wanted: The user asks for a photo to open.
        sample_wanted: The user asks for the sample.
        dropped: List of the paths that were dropped on a tool.
        request_changed: The session has another request, which is to be kept for the next start.
        panes_free: The panes shall show what the session holds again.
        training_progressed: Progress of a training.
        training_changed: Whether a training goes on.
        mask_changed: The mask of the photo is another.
        message: A sentence for the status line.
        failed: The exception that ended a step.
    """

    workspace_changed = Signal(object)
    open_wanted = Signal()
    sample_wanted = Signal()
    dropped = Signal(list)
    request_changed = Signal()
    panes_free = Signal()
    training_progressed = Signal(object)
    training_changed = Signal(bool)
    mask_changed = Signal()
    message = Signal(str)
    failed = Signal(object)

    facts: PanelFacts

    def __init__(self, session: Session, viewer: Viewer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._viewer = session, viewer
        self._devices: list[Device] = []
        self.workspace = Workspace.PHOTO
        self.lab: BlurLab | None = None
        self.psf: PsfTool | None = None
        self.live_blend: LiveBlend | None = None
        self.mask: MaskTool | None = None
        self.photo_panel, self._psf_place, self._lab_place = QWidget(), QWidget(), QWidget()
        self.lab_panel = QTabWidget()
        self.lab_panel.setDocumentMode(True)
        self.lab_panel.tabBar().setDrawBase(False)
        self.lab_panel.addTab(self._psf_place, tr("P&SF editor"))
        self.lab_panel.addTab(self._lab_place, tr("&Blur lab"))
        self.lab_panel.currentChanged.connect(self._show_lab_tab)
        self.train_page = TrainPage(self._build_wizard)
        session.settings_taken.connect(self._take_settings)
        session.model_checked.connect(self.use_model)

    # --- what the window tells --------------------------------------------------------------------------------------

    @functools.cached_property
    def method_panel(self) -> MethodPanel:
        """The content of the panel of Photo; made after the first paint."""
        from deblur_app.gui.mask.mask_tool import MaskTool
        from deblur_app.gui.method.live_blend import LiveBlend
        from deblur_app.gui.method.method_panel import MethodPanel
        from deblur_app.gui.method.panel_facts import PanelFacts

        session = self._session
        panel = MethodPanel(session.request, wait=SETTLE)
        panel.request_changed.connect(self._change_request)
        panel.deblur_wanted.connect(session.deblur)
        panel.model_wanted.connect(session.check_model)
        panel.psf_dropped.connect(self._drop_psf)
        panel.editor_wanted.connect(self.show_psf)
        panel.kind_wanted.connect(self._look_for)
        panel.versions.chosen.connect(session.show_version)
        panel.versions.star_wanted.connect(session.star_version)
        panel.versions.removal_wanted.connect(session.remove_version)
        self.facts = PanelFacts(panel, session)
        _fill(self.photo_panel, panel)
        self.mask = MaskTool(panel.mask_card, session, self._viewer.view)
        self.mask.changed.connect(self.mask_changed)
        self.mask.editor.failed.connect(self.failed)
        self.live_blend = LiveBlend(panel.blend_box, session, self._viewer.view, self.mask.editor)
        self.live_blend.failed.connect(self.failed)
        return panel

    def set_devices(self, devices: list[Device]) -> None:
        """List the devices, once the engine has loaded."""
        self._devices = devices
        self.method_panel.set_devices(devices)
        if self.wizard:
            self.wizard.set_devices(devices)

    @Slot()
    def list_methods(self) -> None:
        """List the methods anew, because there are others."""
        self.method_panel.list_methods()

    def refresh(self) -> None:
        """Pass to the tools what the session holds."""
        session = self._session
        self.method_panel.set_photo(photo=session.input is not None, result=session.result is not None)
        self.method_panel.show_psf(captions.describe_psf(session.psf))
        self.facts.show()
        if session.input:
            self.method_panel.versions.show_versions(session.versions, session.result.kept if session.result else None)
        if self.lab:
            self.lab.set_photo(session.sharp)
        self._tell_wizard(self.wizard)
        if self.psf:
            self.psf.refresh()

    def show(self, workspace: Workspace) -> None:
        """Go to a workspace."""
        self.workspace = workspace
        if workspace is Workspace.LAB:
            self._build_lab_tab()
        elif workspace is Workspace.TRAIN:
            self.train_page.enter()
        self.workspace_changed.emit(workspace)
        self.panes_free.emit()

    @property
    def is_in_photo(self) -> bool:
        """True while the photo is in front; the PSF editor has an undo of its own."""
        return self.workspace is Workspace.PHOTO

    def can_go(self, steps: int) -> bool:
        """Return whether there is a mask or a version to go back to (steps -1), or forth to (1)."""
        return self.mask.can_go(steps) if self.mask else self._session.can_go(steps)

    def go(self, steps: int) -> None:
        """Go back to the mask or the version before (-1), or forth again (1)."""
        if self.mask:
            self.mask.go(steps)

    def show_photo(self) -> None:
        """Go to the photo and its method."""
        self.show(Workspace.PHOTO)

    def show_training(self) -> TrainingWizard:
        """Go to the training wizard."""
        self.show(Workspace.TRAIN)
        return self.train_page.enter()

    def show_lab(self) -> None:
        """Go to the blur lab."""
        self.lab_panel.setCurrentWidget(self._lab_place)
        self.show(Workspace.LAB)
        self._build_lab().blurs.setFocus()

    def show_psf(self) -> None:
        """Go to the PSF editor."""
        self.lab_panel.setCurrentWidget(self._psf_place)
        self.show(Workspace.LAB)
        self._build_psf().panel.source.kinds.setFocus()

    @Slot()
    def leave_training(self) -> None:
        """Go to the photo where a batch or the training has the window: a photo of the user's is being opened."""
        if self.workspace in {Workspace.BATCH, Workspace.TRAIN}:
            self.show(Workspace.PHOTO)

    @Slot(object)
    def use_model(self, card: Path) -> None:
        """Deblur with a model from now on."""
        self.show(Workspace.PHOTO)
        self.method_panel.use_model(card)
        self.message.emit(tr("Deblur now uses the model “{name}”.", name=card.parent.name))

    @property
    def is_training(self) -> bool:
        """True if there is a training that closing would end."""
        return self.wizard is not None and self.wizard.is_busy()

    @property
    def work_to_lose(self) -> str:
        """What closing would end; "" where nothing goes on."""
        return tr("The training can be continued from its last complete epoch next time.") if self.is_training else ""

    def shut_down(self, follow: Callable[[], object]) -> None:
        """End the training, where one runs, and call `follow` when it has ended; returns at once."""
        if self.wizard and self.is_training:
            self.wizard.shut_down(follow)

    def finish(self) -> None:
        """End the small work of the tools and the viewer and wait for it: for the end of the program."""
        masks = self.mask.editor if self.mask else None
        for tool in (self.live_blend, masks, self.lab, self.wizard, self.psf, self._viewer):
            if tool:
                tool.finish()

    # --- building ---------------------------------------------------------------------------------------------------

    @property
    def wizard(self) -> TrainingWizard | None:
        """The training wizard; None until it is first shown."""
        return self.train_page.wizard

    @Slot()
    def _show_lab_tab(self) -> None:
        if self.workspace is Workspace.LAB:
            self._build_lab_tab()
            self.panes_free.emit()

    def _build_lab_tab(self) -> None:
        if self.lab_panel.currentWidget() is self._lab_place:
            self._build_lab()
        else:
            self._build_psf()

    def _build_wizard(self) -> TrainingWizard:
        from deblur_app.gui.training_wizard.wizard import TrainingWizard

        wizard = TrainingWizard()
        wizard.set_devices(self._devices)
        wizard.model_ready.connect(self.use_model)
        wizard.session.progressed.connect(self.training_progressed)
        wizard.session.busy_changed.connect(self.training_changed)
        self._tell_wizard(wizard)
        return wizard

    def _tell_wizard(self, wizard: TrainingWizard | None) -> None:
        """Tell the wizard which photo is open, and which blur was found in it."""
        session = self._session
        if wizard:
            estimate = session.result.restored.estimate if session.result else None
            blur = estimate.model if estimate else None
            path = session.input.picture.path if session.input else None
            wizard.set_photo(path, blur, estimate.label if estimate else "")

    def _build_lab(self) -> BlurLab:
        if self.lab is None:
            from deblur_app.gui.blur_lab.blur_lab import BlurLab

            view = self._viewer.view.view
            lab = self.lab = BlurLab()
            lab.preview.invite(tr("Open a photo…"), self.open_wanted.emit)
            lab.preview.invite(tr("Try a sample"), self.sample_wanted.emit)
            lab.preview.dropped.connect(self.dropped)
            lab.input_wanted.connect(self._session.blur)
            lab.message.connect(self.message)
            lab.failed.connect(self.failed)
            view.changed.connect(lambda: lab.look_at(view.centre))
            lab.look_at(view.centre)
            _fill(self._lab_place, lab)
        return self.lab

    def _build_psf(self) -> PsfTool:
        if self.psf is None:
            from deblur_app.gui.psf.panel import PsfPanel
            from deblur_app.gui.psf.tool import PsfTool

            tool = self.psf = PsfTool(PsfPanel(self._session.current_psf), self._session, self._viewer.view)
            tool.request_wanted.connect(self.method_panel.ask_for)
            tool.message.connect(self.message)
            tool.failed.connect(self.failed)
            tool.panes_free.connect(self.panes_free)
            self._viewer.add_reason(lambda: tr(_PSF_PREVIEW) if tool.shows_preview else "")
            _fill(self._psf_place, tool.panel)
        return self.psf

    # --- what the tools say -----------------------------------------------------------------------------------------

    @Slot()
    def _change_request(self) -> None:
        """Take the request of the method panel, and deblur."""
        self._session.request = self.method_panel.request()
        self.request_changed.emit()
        self._session.follow_settings()

    @Slot(str)
    def _look_for(self, kind: str) -> None:
        """Restore the photo for a kind of blur that the user names, or leave it as it is."""
        from deblur_app.engine.blend import PLAIN
        from deblur_app.engine.methods.restorer_psf import AUTOMATIC
        from deblur_app.gui.method.blur_card import LEAVE

        box = self.method_panel.blend_box
        if kind == LEAVE:
            box.set_blend(replace(box.blend(), strength=0))
            return
        if box.blend().strength == 0:
            box.set_blend(PLAIN)
        self._session.psf = None
        request = self.method_panel.request()
        if "blur" in request.values:
            self.method_panel.ask_for(request.method, {**request.values, "blur": kind})
        else:
            self.method_panel.ask_for(AUTOMATIC.name, {"blur": kind})

    @Slot()
    def _take_settings(self) -> None:
        """Show the settings that a result was made with, because it is shown again."""
        self.method_panel.show_request(self._session.request)
        self.request_changed.emit()

    @Slot()
    def _drop_psf(self) -> None:
        """Let the method find the PSF by itself again."""
        self._session.psf = None
        self.refresh()
        self._session.follow_settings()


def _fill(place: QWidget, content: QWidget) -> None:
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(content)
