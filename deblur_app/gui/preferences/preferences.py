"""The dialog of the preferences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.name_patterns import check_pattern
from deblur_app.core.settings import MOST_THREADS
from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.export.saving_editors import SavingEditors
from deblur_app.gui.language import SYSTEM, list_languages
from deblur_app.gui.preferences import editors
from deblur_app.gui.preferences.models_list import ModelsList
from deblur_app.gui.preferences.profile_editor import ProfileEditor
from deblur_app.gui.preferences.section import Row, Section
from deblur_app.gui.theme import SPACE
from deblur_app.gui.widgets.scrolling import scroll_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.core.settings import Settings
    from deblur_app.engine.devices import Device

_LOOKS = {"system": tr_later("As the system"), "dark": tr_later("Dark"), "light": tr_later("Light")}
_AFTER_DROP = {"restore": tr_later("Restore it at once"), "wait": tr_later("Only open it; “Deblur” restores it")}
_SURROUNDS = {
    "theme": tr_later("As the window"),
    "dark": tr_later("Dark"),
    "grey": tr_later("Middle grey"),
    "white": tr_later("White"),
}
_PRECISIONS = {"auto": tr_later("As fast as it is safe"), "float32": tr_later("float32 only")}
_NOTIFY = {"long": tr_later("When work of more than 30 s ends"), "never": tr_later("Never")}
_MOTIONS = {"system": tr_later("As the system"), "reduced": tr_later("Reduced")}
_MOST_GIGABYTES = 4096
_SIZE = 760, 560
"""Width and height of the dialog, in points."""


class Preferences(QDialog):
    """The preferences: sections at the left, a search above. Each change acts at once, and is kept in the settings.

    Attributes:
        search: The search.
        sections: The sections, from top to bottom.
        models: The list of models.
        saving: The editors of how results are saved.
        screen_profile: The choice of the profile of the screen.

    Signals:
        changed: The name of the field of `Settings` that is another.
    """

    changed = Signal(str)

    def __init__(self, settings: Settings, devices: Sequence[Device], parent: QWidget | None = None) -> None:
        """Show `settings`, which the dialog changes; `devices` is what there is to compute on."""
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(tr("Preferences"))
        self.resize(*_SIZE)
        self.models = ModelsList()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search the preferences"))
        self.search.setClearButtonEnabled(True)
        self.sections = [
            self._look(), self._photos(), self._saving(), self._performance(devices), self._models(), self._keys(),
        ]  # fmt: skip
        self.list = QListWidget()
        self.list.setProperty("role", "list")
        self.list.setAccessibleName(tr("Sections"))
        self.list.addItems([section.title for section in self.sections])
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + 6 * SPACE)
        self._nothing = QLabel(tr("No preference matches the search."))
        self._nothing.hide()
        self._stack = QStackedWidget()
        for section in self.sections:
            self._stack.addWidget(scroll_column(section))
        self._lay_out()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in the search presses none
        self.list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.list.setCurrentRow(0)
        self.search.textChanged.connect(self._search)
        self.search.setFocus()

    # --- sections ---------------------------------------------------------------------------------------------------

    def _choice(self, name: str, choices: dict[str, str], label: str, explanation: str, words: str = "") -> Row:
        """Return a row for a field of the settings."""

        def take(value: str) -> None:
            setattr(self._settings, name, value)
            self.changed.emit(name)

        editor = editors.choice(choices, str(getattr(self._settings, name)), take)
        return Row(label, explanation, editor, f"{words} {' '.join(map(tr, choices.values()))}")

    def _number(self, name: str, most: int, words: tuple[str, str], label: str, explanation: str) -> Row:
        """Return a row for a number of the settings; `words` are what 0 reads as, and the unit."""

        def take(value: int) -> None:
            setattr(self._settings, name, value)
            self.changed.emit(name)

        editor = editors.number(getattr(self._settings, name), most, *words, take)
        return Row(label, explanation, editor, " ".join(words))

    def _screen_profile(self) -> Row:
        """Return the row for the profile of the screen."""

        def take(file: str) -> None:
            self._settings.screen_profile = file
            self.changed.emit("screen_profile")

        self.screen_profile = ProfileEditor(self._settings.screen_profile)
        self.screen_profile.changed.connect(take)
        explanation = tr("The file that measuring the screen has given. Acts on photos that are opened from now on.")
        return Row(
            tr("Profile of the screen"), explanation, self.screen_profile, tr("icc icm monitor colour management")
        )

    def _look(self) -> Section:
        languages = {SYSTEM: tr_later("As the system"), **list_languages()}
        return Section(
            tr("Look"),
            [
                self._choice(
                    "language", languages, tr("Language"),
                    tr("Acts at once, or when the work that goes on has ended."), "language sprache english deutsch",
                ),
                self._choice(
                    "look", _LOOKS, tr("Colours"), tr("Dark or light, or as the system is."), tr("theme appearance")
                ),
                self._choice(
                    "surround", _SURROUNDS, tr("Around the photo"),
                    tr("The colour beside the photo: always without a tint."), tr("background canvas"),
                ),
                self._choice(
                    "motion", _MOTIONS, tr("Motion"), tr("Of menus, tool tips and the cursor."), tr("animation reduce")
                ),
                self._screen_profile(),
            ],
        )  # fmt: skip

    def _photos(self) -> Section:
        return Section(
            tr("Photos"),
            [
                self._choice("after_drop", _AFTER_DROP, tr("When a photo is opened"), tr("What happens after a drop.")),
            ],
        )

    def _saving(self) -> Section:
        """Return how Ctrl+S saves; the export dialog begins with it."""
        editors = self.saving = SavingEditors(self._settings.saving, self)
        editors.changed.connect(self._take_saving)
        rows = [*editors.name_rows, *editors.file_rows]
        return Section(
            tr("Saving"),
            [Row(row.label, row.explanation, row.widget, tr("{words} save export", words=row.words)) for row in rows],
        )

    @Slot()
    def _take_saving(self) -> None:
        """Keep how results are saved; a pattern that gives no names is not kept."""
        settings = self.saving.settings
        try:
            check_pattern(settings.pattern)
        except DeblurError:
            settings = replace(settings, pattern=self._settings.saving.pattern)
        self._settings.saving = settings
        self.changed.emit("saving")

    def _performance(self, devices: Sequence[Device]) -> Section:
        names = {"auto": tr("Automatic"), **{device.name: device.label for device in devices}}
        return Section(
            tr("Performance"),
            [
                self._choice(
                    "device", names, tr("Run on"), tr("The processor or a graphics card; automatic takes the fastest."),
                    tr("device gpu cpu"),
                ),
                self._choice(
                    "precision", _PRECISIONS, tr("Precision"),
                    tr("Networks compute in bfloat16 where that is faster and as good. Acts from the next photo on."),
                    tr("bfloat16 float32"),
                ),
                self._number(
                    "memory_limit", _MOST_GIGABYTES, (tr("All that is free"), tr("GB")), tr("Memory"),
                    tr("Photos and batches that need more are refused or cut. It is a plan, not a lock."),
                ),
                self._number(
                    "threads", MOST_THREADS, (tr("As many as processors"), tr("threads")), tr("Threads"),
                    tr("For one photo. Acts at the next start of Deblur."),
                ),
                self._choice("notify", _NOTIFY, tr("Tell me"), tr("By a message, while another program is in front.")),
            ],
        )  # fmt: skip

    def _models(self) -> Section:
        from deblur_app.core.files.log_file import log_folder
        from deblur_app.engine.models.installed import models_folder
        from training.runs.run_list import runs_folder

        return Section(
            tr("Models and folders"),
            [
                Row(
                    tr("Models"),
                    tr("Networks of your own or of others, which methods can use."),
                    self.models,
                    tr("network add"),
                ),
                Row(tr("Folder of the models"), tr("Where they are kept."), editors.folder(models_folder())),
                Row(
                    tr("Folder of the trainings"),
                    tr("Each training has a folder of its own."),
                    editors.folder(runs_folder()),
                ),
                Row(
                    tr("Log"),
                    tr("What the program did, for a report of an error."),
                    editors.folder(log_folder()),
                    "error",
                ),
            ],
        )

    def _keys(self) -> Section:
        words = " ".join(words for words, _ in editors.list_keys())
        return Section(
            tr("Keys"),
            [Row(tr("Keyboard shortcuts"), tr("All keys."), editors.key_table(), tr("{words} shortcut", words=words))],
        )

    # --- search -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.addWidget(self.list)
        body.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self._nothing)
        layout.addLayout(body, 1)

    @Slot(str)
    def _search(self, text: str) -> None:
        """Show what matches, and the first section that has something."""
        counts = [section.search(text) for section in self.sections]
        for row, count in enumerate(counts):
            self.list.item(row).setHidden(not count)
        self._nothing.setVisible(not any(counts))
        current = self.list.currentRow()
        if any(counts) and not counts[max(current, 0)]:
            self.list.setCurrentRow(next(row for row, count in enumerate(counts) if count))

    def show_section(self, title: str) -> None:
        """Go to a section."""
        titles = [section.title for section in self.sections]
        self.list.setCurrentRow(titles.index(title))
