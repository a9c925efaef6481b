"""Notes below a picture say what the user should know of it and can do about it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core import image_io
from deblur_app.core.picture import Picture, to_uint8
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.blend import PLAIN, Blend
from deblur_app.engine.method import Request
from deblur_app.engine.recipes import recipe_json, storage
from deblur_app.engine.tasks import Restored
from deblur_app.gui.session import steps
from deblur_app.gui.session.session import Session
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.pane_notes import PaneNotes
from deblur_app.gui.viewer.photo_view import PhotoView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task

NOTE = "The result has wrong colours, so it was not used. " * 4
FAILED, GENTLE = np.float32(0.1), np.float32(0.9)


class Stand:
    """A session with panes, whose method gives a result that fails its check, and a gentler one."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session, self.view = Session(partial(Request, "denoise")), PhotoView()
        self.view.set_compare_mode(CompareMode.FIGURE_2)
        self.panes = self.view.panes
        qtbot.addWidget(self.view)
        self.view.resize(900, 500)
        self.view.show()
        self.notes = PaneNotes(self.view.notices, self.session)
        self.session.changed.connect(self.notes.refresh)
        self.notice = self.panes.predicted.notice

    def open(self, picture: Path) -> None:
        """Open a photo, and wait for its result."""
        self.session.open(picture)
        self.wait()

    def wait(self) -> None:
        """Until nothing is done any more."""
        self.qtbot.waitUntil(lambda: not self.session.is_busy, timeout=20_000)

    @property
    def brightness(self) -> float:
        """Of the result over that of the photo."""
        assert self.session.input
        assert self.session.result
        given, result = self.session.input.picture.pixels, self.session.result.display_image.picture.pixels
        return round(float(result.mean() / given.mean()), 2)


@pytest.fixture
def stand(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """A window's middle part at work; idle again at the end."""

    def deblur(picture: Picture, request: Request) -> Task[Restored]:
        yield Progress(0.5)
        rejected = picture.with_pixels(picture.pixels * FAILED)
        gentle = picture.with_pixels(picture.pixels * GENTLE)
        note = f"{picture.note} {NOTE}".lstrip()  # as the engine does
        return Restored(gentle, request, "CPU", note, 1.0, rejected=rejected)

    monkeypatch.setattr(tasks, "deblur", deblur)
    stand = Stand(qtbot)
    yield stand
    stand.session.cancel()
    stand.wait()
    stand.session.close()


def test_a_result_that_failed_its_check_is_shown_only_when_the_user_wants_it(stand: Stand, photo: Path) -> None:
    """The sentence stands below the gentler result; one button shows the other anyway, and one leads back."""
    stand.open(photo)
    assert stand.brightness == 0.9
    assert stand.notice.text == NOTE
    assert not stand.notice.close_button.isVisible()  # the way to the other result must not be lost
    stand.notice.button.click()
    stand.wait()
    assert stand.brightness == 0.1
    assert "failed its check" in stand.notice.text
    stand.notice.button.click()
    stand.wait()
    assert (stand.brightness, stand.notice.text) == (0.9, NOTE)


def test_what_is_shown_is_saved_and_comes_back(stand: Stand, photo: Path, truth: Path) -> None:
    """Also where that is what failed its check, and after another photo was opened meanwhile."""
    stand.open(photo)
    stand.notice.button.click()
    stand.wait()
    stand.open(truth)
    stand.open(photo)
    assert stand.brightness == 0.1
    target = photo.with_name("anyway.png")
    stand.session.save(target)
    stand.wait()
    expected = to_uint8(image_io.read(photo).pixels * FAILED)
    assert np.abs(to_uint8(image_io.read(target).pixels).astype(int) - expected).max() <= 1
    assert [kept.photo.name for kept in stand.session.unsaved_results] == ["sharp.png"]


def test_a_long_note_is_read_to_its_end(stand: Stand, photo: Path) -> None:
    """It wraps, whatever the width of the pane, and the panes stay as they are."""
    stand.open(photo)
    label = stand.notice.label
    line = label.fontMetrics().height()
    stand.qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()) > 3 * line)
    assert stand.panes.width() == 900


def test_a_note_about_reading_stands_below_the_input(stand: Stand, photo: Path, scene: Pixels) -> None:
    """It goes with its photo, and one that was closed does not come back with the next figure."""
    words = "“stack.tif” has 5 pages; the first is opened."
    display_image = run_to_end(steps.show(replace(Picture(scene), note=words)))
    stand.session._take_input(display_image)
    stand.wait()
    notice = stand.panes.input.notice
    assert notice.text == words
    assert stand.notice.text == NOTE  # and is not told a second time
    notice.close_button.click()
    stand.session.changed.emit()
    assert notice.text == ""
    stand.open(photo)
    assert notice.text == ""


def test_an_unrelated_ground_truth_is_told(stand: Stand, photo: Path, truth: Path, tmp_path: Path) -> None:
    """Below the ground truth, as a warning; a related one is not."""
    turned = tmp_path / "turned.png"
    image_io.write(Picture(image_io.read(truth).pixels[::-1].copy()), turned)
    stand.open(photo)
    stand.session.open_truth(turned)
    stand.wait()
    assert "something else" in stand.panes.truth.notice.text
    stand.session.open_truth(truth)
    stand.wait()
    assert stand.panes.truth.notice.text == ""


def test_a_photo_that_deblur_saved_offers_its_settings(stand: Stand, photo: Path) -> None:
    """The window reads what it writes: method, values and blend come back, and the result is made with them."""
    stand.session.request = Request("wiener", {"smoothing": 1.0})
    stand.open(photo)
    stand.session.blend = Blend(80)
    saved = photo.with_name("saved.png")
    stand.session.save(saved)
    stand.wait()
    stand.session.request = Request("denoise")
    stand.open(saved)
    taken: list[Blend] = []
    stand.session.settings_taken.connect(lambda: taken.append(stand.session.blend))
    notice = stand.panes.input.notice
    assert "saved by Deblur" in notice.text
    assert (stand.session.request.method, stand.session.blend) == ("denoise", PLAIN)
    notice.button.click()
    stand.wait()
    assert (stand.session.request.method, stand.session.request.values["smoothing"]) == ("wiener", 1.0)
    assert taken == [Blend(80)]
    stand.session.request = Request("denoise")
    sidecar = photo.with_name("saved.png.deblur.json")
    recipe = storage.find_recipe(image_io.read(saved))
    assert recipe is not None
    sidecar.write_text(recipe_json.to_json(recipe), encoding="utf-8")
    stand.session.open_recipe(sidecar)
    stand.wait()
    assert stand.session.request.method == "wiener"


def test_a_damaged_recipe_is_told(stand: Stand, photo: Path) -> None:
    """The settings stay as they are."""
    stand.open(photo)
    errors: list[str] = []
    stand.session.failed.connect(lambda error: errors.append(str(error)))
    broken = photo.with_name("a.deblur.json")
    broken.write_text("{}", encoding="utf-8")
    stand.session.open_recipe(broken)
    assert "“a.deblur.json” holds no recipe" in errors[0]
    assert stand.session.request.method == "denoise"
