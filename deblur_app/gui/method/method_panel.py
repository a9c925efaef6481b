"""The panel of the method, its parameters, and the device. The form is drawn from the table of methods."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr, tr_later
from deblur_app.engine.devices import AUTO
from deblur_app.engine.estimation.search import AUTO as AUTO_KIND
from deblur_app.engine.method import PsfUse, Request
from deblur_app.engine.methods import registry
from deblur_app.engine.model_methods import method_for, parameters_of
from deblur_app.gui.look.style_sheet import set_role
from deblur_app.gui.mask.mask_card import MaskCard
from deblur_app.gui.method.blur_card import BlurCard
from deblur_app.gui.method.live_blend import BlendBox
from deblur_app.gui.method.method_cards import MethodCards
from deblur_app.gui.method.versions_card import VersionsCard
from deblur_app.gui.session.time_forecast import describe_forecast
from deblur_app.gui.theme import SPACE
from deblur_app.gui.widgets.card import Card
from deblur_app.gui.widgets.fold import Fold
from deblur_app.gui.widgets.forms.parameter_form import ParameterForm, add_heading, narrow_combo
from deblur_app.gui.widgets.scrolling import align_foot, scroll_column

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.parameter import Value, Values
    from deblur_app.engine.devices import Device


class MethodPanel(QWidget):
    """The panel in which the user chooses the method, its parameters and the device.

    Signals:
        request_changed: Another method, value or device was chosen.
        deblur_wanted: The button was pressed.
        model_wanted: The path of a model's card was chosen; `use_model` is the answer when it has been checked.
        psf_dropped: The PSF that was given shall not be used any more.
        kind_wanted: The kind of blur to look for, or `LEAVE`.
        editor_wanted: The PSF editor shall be opened with this photo.
    """

    request_changed = Signal()
    deblur_wanted = Signal()
    model_wanted = Signal(object)
    psf_dropped = Signal()
    kind_wanted = Signal(str)
    editor_wanted = Signal()

    def __init__(self, request: Request, parent: QWidget | None = None, *, wait: int = 0) -> None:
        """Show a request; numbers that change are told after `wait` milliseconds without another change."""
        super().__init__(parent)
        self.methods = MethodCards()
        self.method_box = self.methods.box
        self.blur_card = BlurCard()
        self.blur_card.kind_wanted.connect(self.kind_wanted)
        self.versions = VersionsCard()
        self.methods.chosen.connect(self.choose_method)
        self._list_methods(request.method)
        self.explanation = QLabel()
        self.explanation.setWordWrap(True)
        self.explanation.setForegroundRole(self.explanation.palette().ColorRole.PlaceholderText)
        self.psf_note = QLabel()
        self.psf_note.setWordWrap(True)
        self.psf_button = QPushButton(tr("&Re-estimate blur"))
        self.psf_button.setToolTip(tr("Forget the PSF from the PSF editor, and estimate the blur from the photo"))
        self._psf = ""
        self.editor_button = QPushButton(tr("Open the PSF &editor"))
        self.editor_button.setToolTip(tr("See, draw and mend the PSF of this photo (F3)"))
        self._form = ParameterForm(ask=tr("Choose a model"), endings=tr("Model cards (*.json)"), wait=wait)
        self.blend_box = BlendBox()
        self.blend_box.setEnabled(False)
        self.mask_card = MaskCard()
        self._form.changed.connect(self._tell_request)
        self._form.file_wanted.connect(self.model_wanted)
        self.device_box = narrow_combo()
        self.device_box.addItem(tr("Automatic"), AUTO)
        self.device_box.setToolTip(tr("Processor or graphics card. The list is complete when Deblur has loaded."))
        self._wanted_device = request.device
        self.button = QPushButton(tr("&Deblur"))
        self.button.setToolTip(tr("Run the method on the input (F5)"))
        self.button.setEnabled(False)
        self._lay_out()
        self._draw(dict(request.values))
        self.method_box.currentIndexChanged.connect(self._take_usual_values)
        self.device_box.activated.connect(self._change_device)
        self.button.clicked.connect(self.deblur_wanted)
        self.psf_button.clicked.connect(self.psf_dropped)
        self.editor_button.clicked.connect(self.editor_wanted)

    def request(self) -> Request:
        """Return the request: method, parameters and device."""
        return Request(self.chosen_method, self._form.values(), self._wanted_device)

    def set_devices(self, devices: list[Device]) -> None:
        """List the devices there are; the one that was wished for stays chosen where it exists."""
        self.device_box.clear()
        self.device_box.addItem(tr("Automatic"), AUTO)
        for device in devices:
            self.device_box.addItem(device.label, device.name)
        self.device_box.setCurrentIndex(max(self.device_box.findData(self._wanted_device), 0))

    def choose_device(self, name: str) -> None:
        """Choose a device as the user does."""
        self.device_box.setCurrentIndex(max(self.device_box.findData(name), 0))
        self._change_device()

    def set_photo(self, *, photo: bool, result: bool) -> None:
        """Set whether there is a photo to deblur, and a result already."""
        self.button.setEnabled(photo)
        self.button.setText(tr("&Deblur again") if result else tr("&Deblur"))
        self.editor_button.setEnabled(photo)
        self.blur_card.set_photo(photo)
        set_role(self.button, "primary" if photo and not result else "")  # one primary button: then it is Export

    def show_request(self, request: Request) -> None:
        """Show a method, its values and a device that were chosen elsewhere. No signal is emitted."""
        with QSignalBlocker(self.method_box):
            self._list_methods(request.method)
        self._draw(dict(request.values))
        self._wanted_device = request.device
        self.device_box.setCurrentIndex(max(self.device_box.findData(request.device), 0))

    def list_methods(self) -> None:
        """List the methods anew, because there are others; the chosen one stays."""
        with QSignalBlocker(self.method_box):
            self._list_methods(self.chosen_method)

    def _list_methods(self, chosen: str) -> None:
        self.method_box.clear()
        with_own_model = [registry.find(chosen)] if _takes_own_model(chosen) else []
        offered = [*with_own_model, *registry.list_offered()]
        for is_neural in (True, False):
            if not is_neural:
                add_heading(self.method_box, tr("Classic methods"))
            for method in offered:
                if method.is_neural == is_neural:
                    self.method_box.addItem(method.title, method.name)
        self.method_box.setCurrentIndex(max(self.method_box.findData(chosen), 0))

    def use_model(self, card: Path) -> None:
        """Choose a model by its card, and the method that takes it, where the one that shows does not."""
        with suppress(DeblurError):  # then the method that shows will say what is wrong with it
            target, current = method_for(card), self.chosen_method
            if registry.find(target).network != registry.find(current).network:
                with QSignalBlocker(self.method_box):
                    self._list_methods(target)
                self._draw({})
        self._form.use_file("model", card)

    def ask_for(self, method: str, values: Values) -> None:
        """Choose a method and its values, as the user would."""
        with QSignalBlocker(self.method_box):
            self.method_box.setCurrentIndex(self.method_box.findData(method))
        self._draw(dict(values))
        self.request_changed.emit()

    def show_times(self, megapixels: float, spent: str) -> None:
        """Show how long the methods take for a photo of so many megapixels, and how long the result took."""
        self.methods.show_times(megapixels)
        name = self.chosen_method
        forecast = describe_forecast(name, megapixels)
        self.time_note.setText(
            spent
            or (tr("Takes {forecast}", forecast=forecast) if forecast else tr("The time is known after the first run."))
        )

    @property
    def chosen_method(self) -> str:
        """The name of the method that is chosen."""
        return str(self.method_box.currentData())

    @Slot(str)
    def choose_method(self, name: str) -> None:
        """Choose a method as the user does, with its usual values."""
        index = self.method_box.findData(name)
        if index >= 0 and index != self.method_box.currentIndex():
            self.method_box.setCurrentIndex(index)
        self.methods.show_method(self.chosen_method)

    def show_psf(self, psf: str) -> None:
        """Say which PSF was given, in a few words; "" where the method has to find it."""
        self._psf = psf
        self._show_note()

    def _show_note(self) -> None:
        use = registry.find(self.chosen_method).psf
        if use is PsfUse.GIVEN and self._psf:
            words = tr("Uses the PSF of the PSF editor: {psf}.", psf=self._psf)
        elif use is PsfUse.GIVEN:
            words = tr("Estimates the blur from the photo. To set it yourself, use the PSF editor.")
        elif use is PsfUse.ESTIMATED:
            words = tr("This method estimates the PSF itself.")
        else:
            words = tr("This method needs no PSF.")
        self.psf_note.setText(words)
        self.psf_button.setEnabled(use is PsfUse.GIVEN and bool(self._psf))

    def _lay_out(self) -> None:
        device = QLabel(tr("R&un on"))
        device.setBuddy(self.device_box)
        self.time_note = QLabel()
        self.time_note.setWordWrap(True)
        self.time_note.setForegroundRole(self.time_note.palette().ColorRole.PlaceholderText)
        every = QLabel(tr("A&ll methods"))
        every.setBuddy(self.method_box)
        self.more = Fold(
            tr_later("All methods and values"), _column(every, self.method_box, self.explanation, self._form)
        )
        self.method_card = Card(tr_later("Method"), _column(self.methods, self.more))
        self.adjust_card = Card(tr_later("Adjust"), self.blend_box)
        self.where_card = Card(tr_later("Where"), self.mask_card)
        self.where_card.reset_wanted.connect(self.mask_card.clearing_wanted)
        self.mask_card.mask_changed.connect(self.where_card.set_changed)
        cards = (
            Card(tr_later("Blur"), self.blur_card),
            self.method_card,
            self.adjust_card,
            self.where_card,
            Card("PSF", _column(self.psf_note, self.psf_button, self.editor_button)),
            Card(tr_later("Versions"), self.versions),
            Card(tr_later("Device and time"), _column(device, self.device_box, self.time_note)),
        )
        self.method_card.reset_wanted.connect(self._reset)
        self.adjust_card.reset_wanted.connect(self.blend_box.reset)
        self.blend_box.blend_changed.connect(lambda: self.adjust_card.set_changed(not self.blend_box.blend().is_plain))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        foot.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        area = scroll_column(page)
        align_foot(foot, area)
        layout.addWidget(area, 1)
        layout.addLayout(foot)

    def _draw(self, values: dict[str, Value]) -> None:
        method = registry.find(self.chosen_method)
        self.explanation.setText(tr(method.explanation))
        self._form.draw(parameters_of(method), values)
        self.methods.show_method(method.name)
        self._show_note()
        self._show_changes()

    def _show_changes(self) -> None:
        """Say where method and values are not the usual ones, and which kind of blur is looked for."""
        is_changed = self._form.is_changed or self.chosen_method != self._usual_method
        self.method_card.set_changed(is_changed)
        if is_changed and self.chosen_method not in self.methods.cards:
            self.more.open()
        self.blur_card.show_kind(str(self._form.values().get("blur", AUTO_KIND)))

    @Slot()
    def _tell_request(self) -> None:
        self._show_changes()
        self.request_changed.emit()

    @property
    def _usual_method(self) -> str:
        """The method that a photo is restored with where nobody chooses another; the chosen one where it is missing."""
        usual = Request().method
        return usual if self.method_box.findData(usual) >= 0 else self.chosen_method

    @Slot()
    def _reset(self) -> None:
        """Choose the usual method with its usual values, as the user would."""
        if self.chosen_method != self._usual_method:
            self.choose_method(self._usual_method)
        else:
            self._take_usual_values()

    @Slot()
    def _take_usual_values(self) -> None:
        """Show the usual values of the method, where it is another or they are reset."""
        self._draw({})
        self.request_changed.emit()

    @Slot()
    def _change_device(self) -> None:
        self._wanted_device = str(self.device_box.currentData())
        self.request_changed.emit()


def _takes_own_model(name: str) -> bool:
    """Return whether a method that cannot be run as it comes can be run with a model of the user's own."""
    method = registry.find(name)
    return bool(method.network) and not method.is_offered()


def _column(*widgets: QWidget) -> QWidget:
    """Return widgets below each other."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE)
    for widget in widgets:
        layout.addWidget(widget)
    return column
