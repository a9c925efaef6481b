"""Labels stand beside what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QSpinBox, QWidget

from deblur_app.gui.look.style_sheet import make_style_sheet
from deblur_app.gui.theme import DARK
from deblur_app.gui.widgets.forms.form_layout import FormLayout

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_label_is_as_high_as_its_editor(qtbot: QtBot) -> None:
    """Within a point or two, with the style of the window; its text lies in its middle."""
    place = QWidget()
    qtbot.addWidget(place)
    place.setStyleSheet(make_style_sheet(DARK))
    form, editors = FormLayout(place), [QComboBox(), QSpinBox()]
    for editor in editors:
        form.addRow("Format", editor)
    place.show()
    QApplication.processEvents()
    for editor in editors:
        label = form.labelForField(editor)
        assert isinstance(label, QLabel)
        assert abs(label.geometry().center().y() - editor.geometry().center().y()) <= 2
