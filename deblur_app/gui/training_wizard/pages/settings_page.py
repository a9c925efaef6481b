"""Page 3: how to train, in a few choices; all other settings are folded away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QSpinBox, QToolButton, QVBoxLayout, QWidget

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.look.icons import SIZE, set_icon
from deblur_app.gui.training_wizard.choices.knobs import KNOBS
from deblur_app.gui.training_wizard.choices.settings_choice import OWN, explain_protocol
from deblur_app.gui.training_wizard.page import WIDE, Page
from deblur_app.gui.training_wizard.pages.advanced_settings import AdvancedSettings
from deblur_app.gui.training_wizard.parts import fields
from deblur_app.gui.training_wizard.parts.columns import Columns
from deblur_app.gui.training_wizard.parts.forecast_box import ForecastBox
from deblur_app.gui.training_wizard.runs import run_tasks
from deblur_app.gui.widgets.forms.parameter_form import narrow_combo
from deblur_app.gui.widgets.forms.slider_box import WheelGuard
from training.config.config import read_config, write_config
from training.trainables.presets import PRESETS

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.gui.background.task_queue import TaskQueue
    from deblur_app.gui.training_wizard.model import WizardModel

_PROTOCOLS = {"held-out": tr_later("Photos that were kept aside"), "paper": tr_later("The training photos (paper)")}
_EPOCHS = KNOBS[0]


class SettingsPage(Page):
    """The page with the settings of a training, the folder it is kept in, and a forecast.

    What only experts change is folded away. Settings without a field keep the values of the preset or of the file.

    Attributes:
        epochs: The field for the number of epochs.
        advanced: The settings for experts.
        knobs: All fields by the keys of their settings.
        forecast: The forecast of what the training will take.
    """

    widest = WIDE

    def __init__(self, model: WizardModel) -> None:
        super().__init__(model)
        self.preset = narrow_combo()
        self.preset.setToolTip(tr("How thoroughly to train"))
        self.epochs = cast("QSpinBox", fields.editor(_EPOCHS))
        self.protocol = fields.combo(_PROTOCOLS, tr("The photos that the network is evaluated on after each epoch"))
        self.protocol_hint = fields.hint()
        self.watch = QCheckBox(tr("Show m&y photo after each epoch"))
        self.watch.setToolTip(tr("The open photo, restored after each epoch, is shown with the validation photos"))
        self.forecast = ForecastBox()
        self.more = QToolButton()
        self.more.setText(tr("More sett&ings"))
        self.more.setCheckable(True)
        self.more.setProperty("role", "fold")
        self.more.setIconSize(QSize(SIZE, SIZE))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.advanced = AdvancedSettings(model)
        self.knobs: dict[str, QWidget] = {_EPOCHS.path: self.epochs, **self.advanced.knobs}
        self._lay_out()
        self._connect()
        self._show()

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        first = [self.preset, self.epochs, self.protocol, self.watch, self.forecast.button]
        return [*first, self.more, *self.advanced.controls]

    @property
    def work(self) -> list[TaskQueue]:
        """The measuring for a forecast."""
        return [self.forecast.jobs]

    @Slot(object)
    def read(self, path: Path) -> None:
        """Read the settings of a file; it is a small one."""
        try:
            self.model.take_config(read_config(path))
        except DeblurError as error:
            self.failed.emit(error)

    @Slot(object)
    def save(self, path: Path) -> None:
        """Write all choices into a file, and say how to train with it."""
        try:
            write_config(self.model.config(), path)
        except DeblurError as error:
            self.failed.emit(error)
            return
        self.message.emit(
            tr(
                "The settings are in “{path}”. Train with them by: deblur-train run {name} --out FOLDER",
                path=path,
                name=path.name,
            )
        )

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        main, form = QWidget(), QFormLayout()
        form.addRow(tr("Preset (&quick or thorough)"), self.preset)
        form.addRow(tr(_EPOCHS.label), self.epochs)
        form.addRow(tr("Evaluated on"), self.protocol)
        form.addRow(self.protocol_hint)
        form.addRow(self.watch)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)  # a preset takes the whole width
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addSpacing(6)
        column.addWidget(self.forecast)
        column.addStretch(1)
        details = QWidget()
        folded = QVBoxLayout(details)
        folded.setContentsMargins(0, 0, 0, 0)
        folded.addWidget(self.more)
        folded.addWidget(self.advanced)
        folded.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Columns((main,), (details,)))
        layout.addStretch(1)

    def _connect(self) -> None:
        guard = WheelGuard(self)
        for widget in (self.preset, self.protocol, self.epochs):
            guard.guard(widget)
        self.preset.activated.connect(self._choose_preset)
        self.preset.currentIndexChanged.connect(self._choose_preset)
        self.epochs.valueChanged.connect(lambda value: self.model.set_value(_EPOCHS.path, value))
        self.protocol.currentIndexChanged.connect(
            lambda _: self.model.set_value("protocol", self.protocol.currentData())
        )
        self.watch.toggled.connect(self._watch)
        self.more.toggled.connect(lambda on: self.model.change(shows_advanced=on))
        self.forecast.forecast_wanted.connect(self._measure)
        self.advanced.save_wanted.connect(self.save)
        self.advanced.read_wanted.connect(self.read)
        self.model.on_change(self._show, "settings", "inputs", "network", "photo", "shows_advanced")
        self.model.on_change(self.forecast.forget, "settings", "inputs", "network", "device")

    # --- what the user does -----------------------------------------------------------------------------------------

    @Slot()
    def _choose_preset(self) -> None:
        self.model.choose_settings(self.model.settings.with_preset(self.preset.currentData()))

    @Slot(bool)
    def _watch(self, watches: bool) -> None:
        self.model.choose_settings(replace(self.model.settings, watches_photo=watches))

    @Slot()
    def _measure(self) -> None:
        """Forecast in the background what such a training will take."""
        try:
            config = self.model.config()
        except DeblurError as error:
            self.failed.emit(error)
            return
        self.forecast.measure(run_tasks.forecast_training(config, self.model.pairs, self.model.run_folder))

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show the settings as they are chosen."""
        settings, photo = self.model.settings, self.model.state.photo
        self._show_presets()
        fields.write(_EPOCHS, self.epochs, settings.value("epochs"))
        protocol = settings.value("protocol")
        with QSignalBlocker(self.protocol), QSignalBlocker(self.watch), QSignalBlocker(self.more):
            self.protocol.setCurrentIndex(self.protocol.findData(protocol))
            self.watch.setChecked(settings.watches_photo)
            self.more.setChecked(self.model.state.shows_advanced)
        self.protocol.setEnabled(not settings.is_synthetic)
        self.protocol_hint.setText(explain_protocol(protocol, settings.value("validation_share")))
        self.watch.setVisible(photo.path is not None and settings.can_watch)
        self.advanced.setVisible(self.more.isChecked())
        set_icon(self.more, "chevron-down" if self.more.isChecked() else "chevron-right")

    def _show_presets(self) -> None:
        settings = self.model.settings
        names = [*PRESETS, *([OWN] if settings.own else [])]
        with QSignalBlocker(self.preset):
            if self.preset.count() != len(names):
                self.preset.clear()
                self.preset.addItems(names)
            for number, name in enumerate(names):
                tip = (
                    tr(PRESETS[name].explanation) if name in PRESETS else tr("The settings of the file that was read.")
                )
                self.preset.setItemText(number, settings.preset_label(name))
                self.preset.setItemData(number, name)
                self.preset.setItemData(number, tip, Qt.ItemDataRole.ToolTipRole)
            self.preset.setCurrentIndex(names.index(settings.preset))
