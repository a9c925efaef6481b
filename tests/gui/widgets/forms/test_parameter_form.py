"""A form drawn from parameters: numbers are typed or dragged, and what shows is what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QSlider, QSpinBox

from deblur_app.blur.kinds import BLURS
from deblur_app.core.parameter import Parameter
from deblur_app.gui.widgets.forms.parameter_form import ParameterForm
from deblur_app.gui.widgets.forms.slider_box import WheelGuard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LENGTH = Parameter("length", "Length", "Of the streak.", 14.0, 0.5, 200.0, "px")
ROUNDS = Parameter("rounds", "Rounds", "How often.", 3, 1, 9)
SMOOTHING = Parameter("smoothing", "Smoothing", "Of the result.", 0.0, -4.0, 4.0, automatic=0.0)
NOISE = Parameter("noise", "Noise", "Of the photo.", 0.0, 0.0, 30.0, "%", automatic=0.0)
SEED = Parameter("seed", "Seed", "Of the grain.", 0, 0, 999_999)


@pytest.fixture
def form(qtbot: QtBot) -> ParameterForm:
    """A form with three numbers, two of which can be dragged."""
    form = ParameterForm(sliders=True)
    qtbot.addWidget(form)
    form.draw((LENGTH, ROUNDS, SEED), {"rounds": 5})
    form.show()
    return form


def slider(form: ParameterForm, name: str) -> QSlider:
    """The slider of a number, by the name screen readers say."""
    (match,) = (widget for widget in form.findChildren(QSlider) if widget.accessibleName() == f"{name}, slider")
    return match


def test_values_begin_as_given_or_at_their_default(form: ParameterForm) -> None:
    """Values that are not given take the default; numbers keep their type."""
    assert form.values() == {"length": 14.0, "rounds": 5, "seed": 0}
    assert [type(value) for value in form.values().values()] == [float, int, int]


def test_rows_that_go_are_no_longer_watched(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else Python would be asked about widgets that Qt is destroying, which can end the program."""
    watched: list[object] = []
    monkeypatch.setattr(WheelGuard, "eventFilter", lambda _, widget, __: bool(watched.append(widget)))
    form = ParameterForm(sliders=True)
    qtbot.addWidget(form)
    form.draw((LENGTH, ROUNDS, SEED), {})
    form.show()
    assert watched
    watched.clear()
    form.draw((), {})
    assert watched == []


def test_a_slider_leads_the_box_and_follows_it(qtbot: QtBot, form: ParameterForm) -> None:
    """Both show one number, by mouse and by keyboard; each step is told once."""
    (box,) = form.findChildren(QDoubleSpinBox)
    calls: list[object] = []
    form.changed.connect(lambda: calls.append(form.values()["length"]))
    qtbot.keyClick(slider(form, "Length"), Qt.Key.Key_Right)
    assert calls == [box.value()]
    assert box.value() > 14.0
    box.setValue(17.31)
    assert form.values()["length"] == 17.31  # not moved to a step of the slider
    assert len(calls) == 2
    qtbot.keyClick(slider(form, "Length"), Qt.Key.Key_End)
    assert box.value() == pytest.approx(200.0, abs=1.0)
    qtbot.keyClick(slider(form, "Length"), Qt.Key.Key_Home)
    assert box.value() == 0.5


def test_a_number_too_fine_for_a_slider_has_none(form: ParameterForm) -> None:
    """A seed is typed: no hand hits one of a million places."""
    assert {widget.accessibleName() for widget in form.findChildren(QSlider)} == {"Length, slider", "Rounds, slider"}


def test_scrolling_over_a_number_changes_nothing(form: ParameterForm) -> None:
    """The wheel moves the page, unless the number was chosen first."""
    for widget in (slider(form, "Rounds"), *form.findChildren(QSpinBox)):
        widget.clearFocus()
        before, place = form.values(), QPointF(widget.rect().center())
        turn = QWheelEvent(
            place,
            widget.mapToGlobal(place),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, turn)
        assert form.values() == before
        assert not turn.isAccepted()


@pytest.mark.parametrize("name", BLURS)
def test_every_blur_has_a_form_that_gives_its_defaults(form: ParameterForm, name: str) -> None:
    """Drawing the form changes no value, and tells nobody."""
    calls: list[object] = []
    form.changed.connect(lambda: calls.append(None))
    form.draw(BLURS[name].parameters, {})
    assert form.values() == BLURS[name].complete_values({})
    assert not calls


def test_a_number_that_the_method_chooses_reads_auto(qtbot: QtBot) -> None:
    """In the middle of a range as at its end; the word can be typed, and any other number beside it."""
    form = ParameterForm(sliders=True)
    qtbot.addWidget(form)
    form.draw((SMOOTHING, NOISE), {})
    smoothing, noise = form.findChildren(QDoubleSpinBox)
    assert [smoothing.text(), noise.text()] == ["Auto", "Auto"]
    for typed, value in (("-1.5", -1.5), ("auto", 0.0)):
        smoothing.selectAll()
        qtbot.keyClicks(smoothing, typed)
        qtbot.keyClick(smoothing, Qt.Key.Key_Return)
        assert form.values()["smoothing"] == value
    assert smoothing.text() == "Auto"
    noise.setValue(2.5)
    assert noise.text() == "2.50 %"
    smoothing.setValue(1.0)
    assert smoothing.text() == "1.00"
