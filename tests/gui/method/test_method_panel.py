"""The form is drawn from the table of methods, and what the user sets arrives in the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFileDialog, QSpinBox

from deblur_app.core.parameter import Choice, Parameter
from deblur_app.engine.devices import AUTO, Device
from deblur_app.engine.method import Method, Request
from deblur_app.engine.methods.registry import list_offered
from deblur_app.gui.method.method_panel import MethodPanel

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.conftest import MethodTable

SHARPEN = Method(
    name="sharpen",
    label="Sharpen",
    explanation="Sharpens; a method of this test.",
    parameters=(
        Parameter("angle", "Angle", "Of the motion.", default=0.0, minimum=-90.0, maximum=90.0, unit="°"),
        Parameter("rounds", "Rounds", "How often.", default=3, minimum=1, maximum=9),
        Parameter("kind", "Kind", "Of blur.", default="b", choices=(Choice("a", "Motion"), Choice("b", "Defocus"))),
        Parameter("kernel", "Kernel", "A file.", default="disk", choices=(Choice("disk", "a disk"),), is_file=True),
    ),
    run=lambda context, *_, **__: context.pixels,
)


@pytest.fixture
def panel(qtbot: QtBot, method_table: MethodTable) -> MethodPanel:
    """A panel with one method more than the program has."""
    method_table.put(SHARPEN)
    panel = MethodPanel(Request("sharpen", {"rounds": 5}))
    qtbot.addWidget(panel)
    return panel


def editor[T](panel: MethodPanel, kind: type[T], name: str) -> T:
    """The editor that people and screen readers know by its label."""
    (match,) = (widget for widget in panel.findChildren(kind) if widget.accessibleName() == name)
    return match


def test_the_table_decides_what_the_form_shows(panel: MethodPanel) -> None:
    """Each parameter has an editor of its type with its range, unit, explanation and value."""
    angle, rounds = editor(panel, QDoubleSpinBox, "Angle"), editor(panel, QSpinBox, "Rounds")
    assert (angle.minimum(), angle.maximum(), angle.text(), angle.toolTip()) == (-90, 90, "0.00 °", "Of the motion.")
    assert (rounds.minimum(), rounds.maximum(), rounds.value()) == (1, 9, 5)
    kind = editor(panel, QComboBox, "Kind")
    assert [kind.itemText(i) for i in range(kind.count())] == ["Motion", "Defocus"]
    assert kind.currentText() == "Defocus"
    assert panel.explanation.text() == SHARPEN.explanation


def test_every_method_can_be_chosen_and_asks_for_its_defaults(qtbot: QtBot, panel: MethodPanel) -> None:
    """Choosing a method draws its form and asks for exactly its parameters, at their defaults, of the right types."""
    for method in list_offered():
        with qtbot.waitSignal(panel.request_changed):
            panel.method_box.setCurrentIndex(panel.method_box.findData(method.name))
        request = panel.request()
        assert (request.method, request.values, request.device) == (method.name, method.complete_values({}), AUTO)
        assert [type(v) for v in request.values.values()] == [type(p.default) for p in method.parameters]


def test_what_is_set_arrives_in_the_request(qtbot: QtBot, panel: MethodPanel) -> None:
    """Numbers keep their type and choices arrive as their word; each change is told."""
    calls: list[object] = []
    panel.request_changed.connect(lambda: calls.append(panel.request().values))
    editor(panel, QDoubleSpinBox, "Angle").setValue(12.5)
    editor(panel, QSpinBox, "Rounds").setValue(7)
    kind = editor(panel, QComboBox, "Kind")
    kind.setFocus()
    qtbot.keyClick(kind, Qt.Key.Key_Up)
    assert panel.request().values == {"angle": 12.5, "rounds": 7, "kind": "a", "kernel": "disk"}
    assert len(calls) == 3
    assert calls[-1] == panel.request().values


def test_a_half_typed_number_is_not_a_wish(qtbot: QtBot, panel: MethodPanel) -> None:
    """Typing 8 over 5 asks once, when the user is done, and not at each key."""
    rounds = editor(panel, QSpinBox, "Rounds")
    rounds.selectAll()
    with qtbot.assertNotEmitted(panel.request_changed):
        qtbot.keyClicks(rounds, "8")
    with qtbot.waitSignal(panel.request_changed):
        qtbot.keyClick(rounds, Qt.Key.Key_Return)
    assert panel.request().values["rounds"] == 8


def test_a_chosen_file_is_asked_for_before_it_is_used(qtbot: QtBot, panel: MethodPanel, tmp_path: Path) -> None:
    """“Choose a file…” opens a dialog and changes nothing itself; the file is wanted, and used once it was checked."""
    kernel, card = editor(panel, QComboBox, "Kernel"), tmp_path / "model.json"
    card.touch()
    kernel.setCurrentIndex(kernel.count() - 1)
    with qtbot.assertNotEmitted(panel.request_changed):
        kernel.activated.emit(kernel.currentIndex())
    assert panel.request().values["kernel"] == "disk"
    (dialog,) = panel.findChildren(QFileDialog)
    with qtbot.waitSignal(panel.model_wanted) as signal:
        dialog.fileSelected.emit(str(card))
    assert signal.args == [card]
    assert panel.request().values["kernel"] == "disk"
    dialog.reject()


def test_a_model_is_listed_once_and_stays_in_the_list(qtbot: QtBot, panel: MethodPanel, tmp_path: Path) -> None:
    """A model that is used gets an entry with its folder's name; using it again makes no second one."""
    panel.method_box.setCurrentIndex(panel.method_box.findData("autoencoder"))
    box, card = editor(panel, QComboBox, "Model"), tmp_path / "run 7" / "model.json"
    for _ in range(2):
        with qtbot.waitSignal(panel.request_changed):
            panel.use_model(card)
    assert [box.itemText(i) for i in range(box.count())] == ["bundled", "run 7/model.json", "Choose a file…"]
    assert panel.request().values["model"] == str(card)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert panel.request().values["model"] == "bundled"


def test_a_model_of_another_kind_brings_its_method(qtbot: QtBot, panel: MethodPanel, tmp_path: Path) -> None:
    """A restorer of the user's own is used by the restorer's method, which is listed with it."""
    card = tmp_path / "model.json"
    card.write_text('{"architecture": "restorer", "parameters": {"widths": [4], "blocks": [1]}}')
    panel.method_box.setCurrentIndex(panel.method_box.findData("autoencoder"))
    with qtbot.waitSignal(panel.request_changed):
        panel.use_model(card)
    assert panel.request().method == "restorer-blind"
    assert panel.request().values["model"] == str(card)


def test_a_model_of_the_last_time_is_chosen_again(qtbot: QtBot, tmp_path: Path) -> None:
    """A model from the settings stands in the list from the start."""
    card = str(tmp_path / "mine.json")
    panel = MethodPanel(Request("autoencoder", {"model": card}))
    qtbot.addWidget(panel)
    assert editor(panel, QComboBox, "Model").currentText() == "mine.json"
    assert panel.request().values["model"] == card


def test_a_wished_device_is_kept_until_the_engine_knows_it(qtbot: QtBot) -> None:
    """A device of the last time is asked for before the list is there, and chosen in it when it is."""
    panel = MethodPanel(Request(device="gpu:0"))
    qtbot.addWidget(panel)
    assert panel.request().device == "gpu:0"
    panel.set_devices([Device("cpu", "CPU (2 cores)", "/CPU:0"), Device("gpu:0", "A card", "/GPU:0")])
    assert panel.device_box.currentText() == "A card"
    panel.device_box.setCurrentIndex(1)
    with qtbot.waitSignal(panel.request_changed):
        panel.device_box.activated.emit(1)
    assert panel.request().device == "cpu"


def test_the_button_asks_for_a_deblurring(qtbot: QtBot, panel: MethodPanel) -> None:
    """The button works by keyboard as soon as it is enabled."""
    button = panel.button
    button.setEnabled(True)
    with qtbot.waitSignal(panel.deblur_wanted):
        qtbot.keyClick(button, Qt.Key.Key_Space)
