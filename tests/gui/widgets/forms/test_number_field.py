"""Numbers begin where the text of other fields does, and are not cut."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from deblur_app.gui import theme
from deblur_app.gui.look.style_sheet import make_style_sheet
from deblur_app.gui.widgets.forms.number_field import indent_number


@pytest.fixture
def page(qtbot):
    """A field of each kind with the same text, one below the other, in the style of the window."""
    page = QWidget()
    page.setPalette(theme.make_palette(theme.LIGHT))
    page.setStyleSheet(make_style_sheet(theme.LIGHT))
    line, choice = QLineEdit("1111"), QComboBox()
    choice.addItem("1111")
    whole, fraction = indent_number(QSpinBox()), indent_number(QDoubleSpinBox())
    for number in (whole, fraction):
        number.setMaximum(1111)
        number.setValue(1111)
    layout = QVBoxLayout(page)
    for field in (line, choice, whole, fraction):
        layout.addWidget(field)
    page.resize(300, 200)
    qtbot.addWidget(page)
    page.show()
    return page


def _find_text(field: QWidget) -> int:
    """Return the first column of a field, from its left edge, that its text darkens."""
    image = field.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    values = np.array(image.constBits()).reshape(image.height(), image.bytesPerLine())[:, : image.width()]
    dark = (values[6:-6, 3:60] < 110).any(axis=0)
    return int(np.argmax(dark)) + 3


def test_text_begins_at_one_place_in_all_fields(page):
    """Text, choices and numbers stand in one line below each other, in fields of one height."""
    fields = [
        *page.findChildren(
            QLineEdit,
            "",
        ),
        *page.findChildren(QComboBox),
        *page.findChildren(QSpinBox),
    ]
    fields = [field for field in [*fields, *page.findChildren(QDoubleSpinBox)] if field.parent() is page]
    assert len(fields) == 4
    starts = [_find_text(field) for field in fields]
    assert max(starts) - min(starts) <= 1, starts
    assert {field.height() for field in fields} == {theme.CONTROL_HEIGHT}


def test_a_number_has_room_in_its_usual_width(page):
    """At the width that the box asks for, the largest number is seen whole."""
    for box in (*page.findChildren(QSpinBox), *page.findChildren(QDoubleSpinBox)):
        box.setSuffix(" pixels")
        box.setFixedWidth(box.sizeHint().width())
        page.layout().activate()
        editor = box.lineEdit()
        margins = editor.textMargins()
        room = editor.width() - margins.left() - margins.right() - 4  # what Qt leaves on both sides of the text
        assert editor.fontMetrics().horizontalAdvance(box.text()) <= room
