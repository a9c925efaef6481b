"""Results are kept, found again, and unsaved until they are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core import image_io
from deblur_app.core.picture import Picture, to_uint8
from deblur_app.engine.method import Request

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from tests.gui.session.desk import Desk


# --- kept results ---------------------------------------------------------------------------------------------------


def test_going_back_to_a_photo_brings_its_result_back_with_its_settings(desk: Desk, photo: Path, other: Path) -> None:
    """Nothing is computed again, though the settings were changed for the other photo meanwhile."""
    desk.open(photo)
    assert desk.session.result
    before = to_uint8(desk.session.result.display_image.picture.pixels)
    desk.session.request = Request("dim", {"strength": 20})
    desk.open(other)
    desk.hold_deblurring()
    desk.open(photo)
    assert desk.state == ("input", "result")
    assert np.array_equal(to_uint8(desk.session.result.display_image.picture.pixels), before)
    assert desk.session.request.values == {}
    assert not desk.deblurring.is_set()


def test_a_setting_that_is_changed_back_gives_the_kept_result(desk: Desk, photo: Path) -> None:
    """Each choice of settings is computed once; asking for it again expressly computes it again."""
    desk.open(photo)
    desk.session.request = Request("dim", {"strength": 20})
    desk.session.follow_settings()
    desk.wait()
    desk.hold_deblurring()
    desk.session.request = Request("dim", {"strength": 50})
    desk.session.follow_settings()
    desk.wait()
    assert desk.session.result
    assert desk.session.result.restored.request.values == {"strength": 50}
    assert not desk.deblurring.is_set()
    desk.session.deblur()
    desk.wait_for_deblurring()


def test_a_photo_that_was_changed_on_the_disk_is_computed_again(desk: Desk, photo: Path, scene: Pixels) -> None:
    """A kept result belongs to the file as it was."""
    desk.open(photo)
    image_io.write(Picture(scene * np.float32(0.3)), photo)
    desk.open(photo)
    assert desk.session.result
    assert desk.session.result.display_image.picture.pixels.max() < 0.2


def test_a_kept_result_whose_file_is_gone_is_computed_again(desk: Desk, photo: Path, other: Path) -> None:
    """Without a message: the user has lost nothing but time."""
    desk.open(photo)
    desk.open(other)
    files = list(desk.session.results.folder.glob("*.npy"))
    assert len(files) == 2
    for file in files:
        file.unlink()
    desk.deblurring.clear()
    desk.open(photo)
    assert desk.deblurring.is_set()
    assert (desk.name, desk.state, desk.errors) == ("photo.png", ("input", "result"), [])


def test_a_pasted_photo_can_be_gone_back_to(desk: Desk, photo: Path, scene: Pixels) -> None:
    """It has no file, and comes back with its result all the same."""
    desk.session.take_picture(Picture(scene))
    desk.wait()
    assert desk.session.input
    key = desk.session.input.key
    desk.open(photo)
    assert [displayed.name for displayed in desk.session.photos] == ["from the clipboard", "photo.png"]
    desk.hold_deblurring()
    desk.session.open_again(key)
    desk.wait()
    assert (desk.state, desk.session.input.name) == (("input", "result"), "from the clipboard")


def test_going_back_to_a_pair_brings_its_figures_back(desk: Desk, photo: Path, truth: Path, other: Path) -> None:
    """The ground truth that a photo had is opened again with it."""
    desk.session.open_pair(photo, truth)
    desk.wait()
    desk.open(other)
    assert desk.session.truth is None
    desk.open(photo)
    assert desk.state == ("input", "truth", "result", "figures")


def test_results_are_unsaved_until_they_are_saved(desk: Desk, photo: Path, other: Path) -> None:
    """One a photo; saving all writes each beside its photo under a free name."""
    desk.open(photo)
    desk.session.save(photo.with_name("own.png"))
    desk.wait()
    assert desk.session.unsaved_results == []
    desk.session.request = Request("dim", {"strength": 20})
    desk.session.follow_settings()
    desk.wait()
    desk.open(other)
    assert [remaining.photo.name for remaining in desk.session.unsaved_results] == ["photo.png", "other.png"]
    completed: list[bool] = []
    desk.session.save_unsaved(lambda: completed.append(True))
    desk.wait()
    assert (completed, desk.session.unsaved_results) == ([True], [])
    saved = image_io.read(photo.with_name("photo_deblurred.png")).pixels
    expected = image_io.read(photo).pixels * np.float32(0.2)
    assert np.abs(saved - expected).max() < 1 / 250
    assert other.with_name("other_deblurred.png").exists()


def test_a_result_that_changes_nothing_is_no_loss(desk: Desk, photo: Path) -> None:
    """It is the photo itself."""
    desk.session.request = Request("dim", {"strength": 100})
    desk.open(photo)
    assert desk.session.unsaved_results == []
