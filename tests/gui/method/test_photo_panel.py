"""The panel of a photo: its blur in words, the method as cards, and what was changed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QLabel

from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Origin, Psf
from deblur_app.blur.trust_map import TrustMap
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Request
from deblur_app.gui.method.blur_card import LEAVE, BlurCard
from deblur_app.gui.method.method_panel import MethodPanel
from deblur_app.gui.session.time_forecast import describe_forecast, forecast_seconds, learn_time
from deblur_app.gui.theme import SETTLE
from deblur_app.gui.widgets.card import Card
from deblur_app.gui.widgets.tab_order import list_focusable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

STREAK = Blur("motion", {"length": 14.0, "angle": 32.0})


@pytest.fixture
def panel(qtbot: QtBot) -> MethodPanel:
    """The panel as the window has it: numbers wait."""
    panel = MethodPanel(Request("restorer"), wait=SETTLE)
    qtbot.addWidget(panel)
    panel.resize(320, 900)
    panel.show()
    return panel


def spin(panel: MethodPanel, name: str) -> QDoubleSpinBox:
    """The box of a number."""
    return next(box for box in panel.findChildren(QDoubleSpinBox) if box.accessibleName() == name)


def test_the_blur_is_told_in_words_with_its_kernel(qtbot: QtBot) -> None:
    """With how sure it is; a sharp photo has no kernel, and a PSF of the editor says where it comes from."""
    card = BlurCard()
    qtbot.addWidget(card)
    card.show_estimate(PsfEstimate(STREAK.kernel(), STREAK, 0.9))
    assert card.sentence.text() == "Motion blur, 14 px at 32° · sure"
    assert card.kernel.image is not None
    card.show_estimate(PsfEstimate(None, None, 0.4))
    assert card.sentence.text() == "No blur found: the photo looks sharp · probably"
    assert card.kernel.image is None
    card.show_psf(Psf(STREAK.kernel(), Origin.GIVEN, STREAK))
    assert card.sentence.text() == "Motion blur, 14 px at 32° · from the PSF editor"


def test_what_does_not_follow_the_blur_of_the_camera_is_told(qtbot: QtBot) -> None:
    """How much of the photo, whether the program or the user told it; nothing where there is next to none."""
    card = BlurCard()
    qtbot.addWidget(card)
    values = np.ones((10, 10), np.float32)
    values[:, 0] = 0.0
    marked = PsfEstimate(STREAK.kernel(), STREAK, 0.9, trust=TrustMap(values, (0.0, 0.0, 50.0, 50.0)))

    card.show_estimate(marked)
    assert card.sentence.text().startswith("Motion blur, 14 px at 32° · sure\n10% of the photo does not follow it")
    assert marked.psf
    card.show_psf(marked.psf)
    assert "10% of the photo does not follow it" in card.sentence.text()
    card.show_estimate(replace(marked, trust=TrustMap(np.ones((2, 2), np.float32), (0.0, 0.0, 50.0, 50.0))))
    assert card.sentence.text() == "Motion blur, 14 px at 32° · sure"


def test_another_kind_of_blur_is_one_click_away(qtbot: QtBot, panel: MethodPanel) -> None:
    """Each kind that can be looked for, and to leave the photo as it is; without a photo none can be chosen."""
    buttons = panel.blur_card.buttons
    assert not any(button.isEnabled() for button in buttons.values())
    panel.set_photo(photo=True, result=False)
    for kind in ("motion", "defocus", "turbulence", "shake", LEAVE):
        with qtbot.waitSignal(panel.kind_wanted, check_params_cb=lambda wanted, kind=kind: wanted == kind):
            qtbot.keyClick(buttons[kind], Qt.Key.Key_Space)


def test_a_card_chooses_the_method_and_shows_which_is_chosen(qtbot: QtBot, panel: MethodPanel) -> None:
    """The list of all methods says the same."""
    cards = panel.methods.cards
    assert cards["restorer"].isChecked()
    with qtbot.waitSignal(panel.request_changed):
        qtbot.keyClick(cards["restorer-blind"], Qt.Key.Key_Space)
    assert panel.request().method == panel.method_box.currentData() == "restorer-blind"
    panel.method_box.setCurrentIndex(panel.method_box.findData("wiener"))
    assert not any(card.isChecked() for card in cards.values())


def test_several_steps_of_a_number_are_told_once(qtbot: QtBot, panel: MethodPanel) -> None:
    """Three clicks on a spin arrow restart the work once, when they have rested for 400 ms."""
    told: list[object] = []
    panel.request_changed.connect(lambda: told.append(panel.request().values["smoothing"]))
    box = spin(panel, "Smoothing")
    with qtbot.waitSignal(panel.request_changed):
        for _ in range(3):
            box.stepUp()
        assert told == []
    assert told == [box.value()]


def test_what_was_changed_is_said_and_can_be_taken_back(qtbot: QtBot, panel: MethodPanel) -> None:
    """Of the method's values as of the blend, each on its card."""
    assert not panel.method_card.reset.isVisible()
    spin(panel, "Smoothing").setValue(1.0)
    qtbot.waitSignal(panel.request_changed).wait()
    assert panel.method_card.reset.isVisible()
    with qtbot.waitSignal(panel.request_changed):
        panel.method_card.reset.click()
    assert panel.request().values["smoothing"] == 0.0
    assert not panel.method_card.reset.isVisible()
    panel.blend_box.setEnabled(True)
    panel.blend_box.set_blend(panel.blend_box.blend().__class__(strength=5))
    assert panel.adjust_card.reset.isVisible()
    panel.adjust_card.reset.click()
    assert panel.blend_box.blend().is_plain
    assert not panel.adjust_card.reset.isVisible()


def test_a_method_of_the_last_time_is_shown_as_changed(qtbot: QtBot) -> None:
    """With a way back to the usual one; values of the other method do not come along."""
    panel = MethodPanel(Request("wiener", {"smoothing": 1.0}))
    qtbot.addWidget(panel)
    panel.show()
    assert panel.method_card.reset.isVisible()
    with qtbot.waitSignal(panel.request_changed):
        panel.method_card.reset.click()
    assert panel.chosen_method == Request().method
    assert panel.request().values["smoothing"] == 0.0
    assert not panel.method_card.reset.isVisible()


def test_a_card_folds_and_stays_folded(qtbot: QtBot) -> None:
    """Also at the next start; its title stays where it was, and works by keyboard."""
    card = Card("Things", QLabel("content"))
    qtbot.addWidget(card)
    card.show()
    qtbot.keyClick(card.header, Qt.Key.Key_Space)
    assert not card.is_open
    assert card.header.accessibleName() == "Things, folded"
    later = Card("Things", QLabel("content"))
    qtbot.addWidget(later)
    assert not later.is_open


def test_what_few_people_need_is_folded_away(qtbot: QtBot, panel: MethodPanel) -> None:
    """All methods and the values of one: opened by a click, and by a method that has no card."""
    assert not panel.more.is_open
    assert not panel.method_box.isVisible()
    qtbot.keyClick(panel.more.header, Qt.Key.Key_Space)
    assert panel.method_box.isVisible()
    assert panel.more.header.accessibleName() == "All methods and values, open"
    later = MethodPanel(Request("restorer"))
    qtbot.addWidget(later)
    assert later.more.is_open  # as it was left
    qtbot.keyClick(panel.more.header, Qt.Key.Key_Space)
    panel.choose_method("restorer-blind")
    assert not panel.more.is_open
    panel.choose_method("wiener")
    assert panel.more.is_open


def test_the_tab_key_goes_from_top_to_bottom(panel: MethodPanel) -> None:
    """In reading order: the values come before the button that uses them."""
    panel.set_photo(photo=True, result=False)
    order = list_focusable(panel)
    places = [widget.mapTo(panel, widget.rect().center()).y() // 8 for widget in order if widget.isVisible()]
    assert all(following >= one - 3 for one, following in itertools.pairwise(places[:-1]))  # in one row, give or take
    assert order[-1] is panel.button


def test_the_time_is_that_of_the_last_run_on_this_machine(qtbot: QtBot) -> None:
    """Scaled by the size of the photo; nothing is said before the first run."""
    assert describe_forecast("wiener", 12.0) == ""
    learn_time("wiener", 6.0, 4.0)
    assert describe_forecast("wiener", 12.0) == "about 8 s"
    learn_time("wiener", 0.001, 50.0)
    assert describe_forecast("wiener", 12.0) == "about 8 s"
    assert describe_forecast("wiener", 0.0) == ""


def test_a_small_photo_does_not_threaten_with_minutes_for_a_large_one(qtbot: QtBot) -> None:
    """The time grows less than the size far from what was measured; then the run of the more similar size counts."""
    learn_time("restorer", 0.25, 4.0)
    assert describe_forecast("restorer", 0.5) == "about 8 s"
    seconds = forecast_seconds("restorer", 16.0)
    assert seconds == pytest.approx(4.0 * 4 * 4)  # 64 times as large
    learn_time("restorer", 12.0, 24.0)
    assert describe_forecast("restorer", 16.0) == "about 32 s"
    assert describe_forecast("restorer", 0.25) == "about 4 s"
    QSettings("Deblur", "Deblur").setValue("times/restorer/9", "no number")
    assert describe_forecast("restorer", 16.0) == "about 32 s"
