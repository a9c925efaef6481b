"""The work of a user with photos, from the first drop to the saved file; nothing is replaced by a stand-in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

import numpy as np
import pytest
import skimage.data
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox

from deblur_app.blur import degrade
from deblur_app.core import image_io, metrics
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.settings import Settings, load_settings, settings_file
from deblur_app.core.task import run_to_end
from deblur_app.gui.dialogs.combining import CombineDialog
from deblur_app.gui.images import qt_image
from tests.stories.user import User, write

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # offscreen: no window manager


def test_from_a_drop_to_the_saved_result(user: User, photo: Path, truth: Path) -> None:
    """A dropped photo is deblurred by itself, a dropped truth brings figures, and the result is saved at its size."""
    original, target = photo.read_bytes(), photo.with_name("result.png")
    user.open(photo)
    assert user.sizes == [(80, 60), None, (80, 60)]
    assert user.captions[0] == "80 × 60 px · photo.png"
    assert "80 × 60 px" in user.captions[2]
    assert "PSNR" not in "".join(user.captions)
    user.open(truth, on=user.window.panes.truth)
    assert user.captions[1] == "80 × 60 px · sharp.png"
    for caption in (user.captions[0], user.captions[2]):
        assert all(figure in caption for figure in ("PSNR", "SSIM", "accuracy"))
    assert user.captions[0].split("\n")[1].startswith("Original: ")
    user.window.session.save(target)
    user.wait()
    assert user.window.status.stage.text() == f"Saved as result.png in {target.parent}"
    saved = image_io.read(target)
    assert (saved.width, saved.height) == (80, 60)
    displayed = user.window.panes.predicted.canvas.image
    assert displayed is not None
    assert np.array_equal(to_uint8(saved.pixels), to_uint8(qt_image.from_qimage(displayed).pixels))
    assert photo.read_bytes() == original
    assert user.messages == []


def test_two_pictures_at_once_are_a_pair(user: User, photo: Path, truth: Path) -> None:
    """Two dropped together are told apart by name, whichever comes first, and figures follow."""
    user.open(truth, photo)
    assert user.captions[0].startswith("80 × 60 px · photo.png\nOriginal: PSNR")
    assert user.captions[1].endswith("sharp.png")
    user.window.menus.actions["swap"].trigger()
    user.wait()
    assert user.captions[0].startswith("80 × 60 px · sharp.png\nOriginal: PSNR")


def test_a_truth_dropped_right_after_its_photo_is_not_taken_for_another_photo(
    user: User, photo: Path, truth: Path
) -> None:
    """Two drops in quick succession, on the window and on Ground truth, do what they do one at a time."""
    user.drop(photo)
    user.open(truth, on=user.window.panes.truth)
    assert user.captions[0].startswith("80 × 60 px · photo.png\nOriginal: PSNR")


def test_a_folder_becomes_a_list_to_walk_through(user: User, qtbot: QtBot, tmp_path: Path, scene: Pixels) -> None:
    """A dropped folder is listed, its first picture opens, and the arrow keys open the others."""
    for number, name in enumerate(("b.png", "a.png", "Ü – größer.png")):
        write(tmp_path / "Köln" / name, scene[: 20 + number])
    user.open(tmp_path / "Köln")
    filmstrip = user.window.filmstrip
    assert filmstrip.names == ["a.png", "b.png", "Ü – größer.png"]
    assert filmstrip.isVisible()
    assert filmstrip.strip.hasFocus()
    assert user.captions[0].endswith("a.png")
    for name in ("b.png", "Ü – größer.png"):
        qtbot.keyClick(filmstrip.strip, Qt.Key.Key_Right)
        user.wait()
        assert user.captions[0].endswith(name)
        assert user.window.windowTitle() == f"{name} – Deblur"
        assert user.sizes[2] is not None


def test_a_burst_that_is_dropped_together_becomes_one_photo(user: User, qtbot: QtBot, tmp_path: Path) -> None:
    """Three noisy photos are listed; Ctrl+M asks what they are, and their merger is the result beside the first."""
    sharp = from_integer(np.ascontiguousarray(skimage.data.astronaut()[20:180, 120:320]))
    photos = []
    for seed in range(3):
        noisy = run_to_end(degrade.degrade(sharp, degrade.Degradation(noise=0.03, seed=seed)))
        photos.append(write(tmp_path / f"burst_{seed}.png", noisy))
    user.open(*photos)
    assert user.window.filmstrip.paths_to_combine() == photos
    qtbot.keyClick(user.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = user.window.findChildren(CombineDialog)
    assert not dialog.ways["flash"].isEnabled()
    dialog.ways["burst"].click()
    dialog.first.setCurrentIndex(1)
    dialog.accept()
    user.wait()
    session = user.window.session
    assert session.input.picture.path == photos[1]
    merged = session.result.display_image.picture.pixels
    assert metrics.psnr(sharp, merged) > metrics.psnr(sharp, image_io.read(photos[1]).pixels) + 1.5
    assert user.sizes == [(200, 160), None, (200, 160)]


def test_the_sample_is_one_key_away(user: User, qtbot: QtBot) -> None:
    """Without a photo of one's own, a card below the invitation shows a pair with figures, and leaves no trace."""
    user.choose(user.choice("Works on"), "whole")
    button = user.window.first_sight.samples["coffee"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    user.wait()
    assert "Original: PSNR" in user.captions[0]
    assert not button.isVisible()
    assert user.window.opener.recent_pictures() == []


def test_a_sharp_photo_is_blurred_in_the_lab_and_repaired(user: User, qtbot: QtBot, truth: Path) -> None:
    """The lab's key opens it, a dropped photo stays in it, and its button gives the pair, the result and figures."""
    user.window.menus.actions["lab"].trigger()
    lab = user.window.tools.lab
    assert lab is not None
    assert lab.blurs.hasFocus()
    user.open(truth, on=lab.preview)
    user.until(lambda: lab.preview.canvas.image)
    assert lab.isVisible()
    qtbot.keyClick(lab.use_button, Qt.Key.Key_Space)
    user.until(lambda: user.window.session.comparison)
    user.wait()
    assert "sharp.png, blurred in the lab" in user.captions[0]
    assert "Original: PSNR" in user.captions[0]
    assert "sharp.png" in user.captions[1]
    assert "PSNR" in user.captions[2]
    assert lab.isVisible()
    assert user.window.commands.name_of_input == "sharp_blurred.png"
    user.window.tools.show_training()
    user.window.panes.view.zoom_by(3)
    user.window.tools.show_lab()
    user.until(lambda: not lab.trials.is_busy)


def test_a_picture_goes_through_the_clipboard(user: User, qtbot: QtBot) -> None:
    """A pasted picture is deblurred, and the result can be copied; a clipboard without a picture is said to be one."""
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("no picture")
    user.window.menus.actions["paste"].trigger()
    assert user.window.status.stage.text() == "There is no picture on the clipboard."
    image = QImage(41, 23, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.darkCyan)
    clipboard.setImage(image)
    user.window.menus.actions["paste"].trigger()
    user.wait()
    assert user.captions[0] == "41 × 23 px · from the clipboard"
    user.window.menus.actions["copy"].trigger()
    copied = clipboard.image()
    assert (copied.width(), copied.height()) == (41, 23)
    assert copied.convertToFormat(QImage.Format.Format_RGB32) == user.window.panes.predicted.canvas.image
    clipboard.clear()


def test_copied_files_are_opened_by_pasting(user: User, photo: Path) -> None:
    """Files copied in a file manager are pasted as files, with their name."""
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/x.png"), QUrl.fromLocalFile(str(photo))])
    QGuiApplication.clipboard().setMimeData(mime)
    user.window.menus.actions["paste"].trigger()
    user.wait()
    assert user.captions[0].endswith("photo.png")
    QGuiApplication.clipboard().clear()


def test_recent_pictures_are_remembered_for_the_next_start(
    user: User, qtbot: QtBot, photo: Path, truth: Path, tmp_path: Path
) -> None:
    """Pictures that are still there can be opened again, newest first, also after the window was closed."""
    removed = write(tmp_path / "gone.png", np.zeros((8, 8, 3), np.float32))
    for path in (photo, removed, truth):
        user.open(path)
    removed.unlink()
    assert [name.split(" – ")[0] for name, _ in user.window.opener.recent_pictures()] == ["sharp.png", "photo.png"]
    user.window.close()
    user.answer(QMessageBox.StandardButton.Discard)
    user.until(lambda: not user.window.isVisible())
    later = User(qtbot, load_settings(settings_file()))
    (_, _), (_, open_photo) = later.window.opener.recent_pictures()
    open_photo()
    later.wait()
    assert later.captions[0].endswith("photo.png")
    assert later.sizes[2] == (80, 60)  # with the model of the last time
    later.leave()


def test_the_papers_way_gives_a_picture_of_the_networks_size(user: User, photo: Path, truth: Path) -> None:
    """Choosing the whole photo at the network's size runs again by itself, and the figures are for that size."""
    user.open(photo, truth)
    before = user.captions
    user.choose(user.choice("Works on"), "whole")
    assert user.sizes == [(80, 60), (80, 60), (16, 16)]
    assert user.captions[2].startswith("16 × 16 px")
    assert "PSNR" in user.captions[2]
    assert user.captions[0] != before[0]


def test_the_device_is_chosen_by_name(user: User, photo: Path) -> None:
    """The list names the processor; choosing it runs again there and is remembered."""
    box = user.window.tools.method_panel.device_box
    assert box.itemText(0) == "Automatic"
    assert "CPU" in box.itemText(1)
    assert user.window.status.engine.text() == "Ready"
    user.open(photo)
    user.choose(box, "cpu")
    result = user.window.session.result
    assert result
    assert result.restored.request.device == "cpu"
    assert f"s on {box.itemText(1).partition(' (')[0]}\n" in f"{user.captions[2]}\n"


def test_a_device_that_is_gone_is_replaced_with_a_sentence(qtbot: QtBot, photo: Path, tiny_card: Path) -> None:
    """A graphics card of the last time that is not there any more: the processor is taken, and that is said."""
    user = User(qtbot, Settings(method="autoencoder", device="gpu:7", values={"model": str(tiny_card)}))
    user.open(photo)
    assert user.sizes[2] == (80, 60)
    assert any("gpu:7" in notice.text for notice in user.window.photo_view.notices.result)
    user.leave()


def test_a_dropped_model_is_used(user: User, photo: Path, tiny_card: Path) -> None:
    """The card of a model, dropped on the window, is chosen in the form and gives the next result."""
    user.choose(user.choice("Model"), "bundled")
    user.drop(tiny_card)
    user.wait()
    assert user.choice("Model").currentData() == str(tiny_card)
    user.open(photo)
    assert user.messages == []
    assert user.sizes[2] == (80, 60)
