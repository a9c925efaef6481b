"""What a user does with the window, from the first drop to the saved file; nothing is replaced by a stand-in."""

from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

import numpy as np
import pytest
import skimage.data
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QMessageBox, QPushButton

from deblur_app.blur import degrade, psf
from deblur_app.core import image_io, metrics
from deblur_app.core.picture import Picture, from_integer, to_uint8
from deblur_app.core.settings import Settings, load_settings, settings_file
from deblur_app.core.task import run_to_end
from deblur_app.engine import devices
from deblur_app.gui import qt_image
from deblur_app.gui.combining import CombineDialog
from deblur_app.gui.main_window import MainWindow
from deblur_app.networks import weights
from training.config import TrainingConfig
from training.pairs import find_pairs
from training.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from training.pairs import Pair

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # offscreen: no window manager

MINUTE = 60_000


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs and runs go to a home of the test's own."""
    home = tmp_path / "home"
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(home / "qsettings"))
    return home


class User:
    """Somebody in front of the window."""

    def __init__(self, qtbot: QtBot, settings: Settings) -> None:
        self.qtbot = qtbot
        self.window = window = MainWindow(settings)
        window.resize(1200, 700)
        with qtbot.waitExposed(window):
            window.show()
        window.set_devices(devices.list_devices())

    def leave(self) -> None:
        """Close the window, whatever it does, and wait until no thread is left."""
        for box in self.messages:
            box.accept()
        self.window.close_when_idle()
        self.until(lambda: not self.window.is_busy and not self.window.isVisible())
        self.window.deleteLater()
        gc.collect()  # here, and not in the thread of the next test's worker

    def until(self, what: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(lambda: bool(what()), timeout=MINUTE)

    def wait(self) -> None:
        """Wait until the session has nothing more to do."""
        self.until(lambda: not self.window.session.is_busy)

    def drop(self, *paths: Path, on: QWidget | None = None) -> None:
        """Drop files on the window, or on a part of it."""
        widget, mime = on or self.window, QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        place, copy = QPointF(20, 20), Qt.DropAction.CopyAction
        button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(place, copy, mime, button, keys)
        enter.ignore()
        QApplication.sendEvent(widget, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(widget, QDropEvent(place, copy, mime, button, keys))

    def open(self, *paths: Path, on: QWidget | None = None) -> None:
        """Drop files and wait for all that follows."""
        self.drop(*paths, on=on)
        self.wait()

    def read_message(self) -> str:
        """Wait for a message, read it and close it."""
        self.until(lambda: self.messages)
        (box,) = self.messages
        text = box.text().replace("\N{ZERO WIDTH SPACE}", "")
        box.accept()
        self.until(lambda: not self.messages)
        return text

    @property
    def messages(self) -> list[QMessageBox]:
        """The messages on the screen."""
        return [box for box in self.window.findChildren(QMessageBox) if box.isVisible()]

    @property
    def captions(self) -> tuple[str, str, str]:
        """What stands below the panes."""
        panes = self.window.panes
        input_, truth, predicted = (pane.caption.whole for pane in (panes.input, panes.truth, panes.predicted))
        return input_, truth, predicted

    @property
    def sizes(self) -> list[tuple[int, int] | None]:
        """Width and height of what the panes show."""
        panes = self.window.panes
        images = [pane.canvas.image for pane in (panes.input, panes.truth, panes.predicted)]
        return [(image.width(), image.height()) if image else None for image in images]

    def choice(self, name: str) -> QComboBox:
        """A box of the method's form, by the name a screen reader says."""
        boxes = self.window.method_panel.findChildren(QComboBox)
        return next(box for box in boxes if box.accessibleName() == name)

    def choose(self, box: QComboBox, data: str) -> None:
        """Choose an entry as the mouse does."""
        box.setCurrentIndex(box.findData(data))
        box.activated.emit(box.currentIndex())
        self.wait()

    def answer(self, button: QMessageBox.StandardButton) -> None:
        """Answer the question that is on the screen."""
        self.until(lambda: self.messages)
        (box,) = self.messages
        self.qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)


@pytest.fixture
def user(qtbot: QtBot, tiny_card: Path) -> Iterator[User]:
    """A user with a small model; at the end the window is closed and no thread is left."""
    if not gc.get_freeze_count():
        gc.freeze()  # the half million objects of TensorFlow need not be looked through after every test
    user = User(qtbot, Settings(method="autoencoder", values={"model": str(tiny_card)}))
    yield user
    user.leave()


def write(path: Path, pixels: Pixels) -> Path:
    """A picture file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image_io.write(Picture(pixels), path)
    return path


# --- photos ---------------------------------------------------------------------------------------------------------


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
    assert user.captions[0].split("\n")[1].startswith("Doing nothing: ")
    user.window.session.save(target)
    user.wait()
    assert user.window.status.stage.text() == f"Saved as result.png in {target.parent}"
    saved = image_io.read(target)
    assert (saved.width, saved.height) == (80, 60)
    shown = user.window.panes.predicted.canvas.image
    assert shown is not None
    assert np.array_equal(to_uint8(saved.pixels), to_uint8(qt_image.from_qimage(shown).pixels))
    assert photo.read_bytes() == original
    assert user.messages == []


def test_two_pictures_at_once_are_a_pair(user: User, photo: Path, truth: Path) -> None:
    """Two dropped together are told apart by name, whichever comes first, and figures follow."""
    user.open(truth, photo)
    assert user.captions[0].startswith("80 × 60 px · photo.png\nDoing nothing: PSNR")
    assert user.captions[1].endswith("sharp.png")
    user.window.actions_.swap.trigger()
    user.wait()
    assert user.captions[0].startswith("80 × 60 px · sharp.png\nDoing nothing: PSNR")


def test_a_truth_dropped_right_after_its_photo_is_not_taken_for_another_photo(
    user: User, photo: Path, truth: Path
) -> None:
    """Two drops in quick succession, on the window and on Ground truth, do what they do one at a time."""
    user.drop(photo)
    user.open(truth, on=user.window.panes.truth)
    assert user.captions[0].startswith("80 × 60 px · photo.png\nDoing nothing: PSNR")


def test_a_folder_becomes_a_list_to_walk_through(user: User, qtbot: QtBot, tmp_path: Path, scene: Pixels) -> None:
    """A dropped folder is listed, its first picture opens, and the arrow keys open the others."""
    for number, name in enumerate(("b.png", "a.png", "Ü – größer.png")):
        write(tmp_path / "Köln" / name, scene[: 20 + number])
    user.open(tmp_path / "Köln")
    pictures = user.window.pictures
    assert [pictures.item(i).text() for i in range(pictures.count())] == ["a.png", "b.png", "Ü – größer.png"]
    assert user.window.picture_dock.isVisible()
    assert pictures.hasFocus()
    assert user.captions[0].endswith("a.png")
    for name in ("b.png", "Ü – größer.png"):
        qtbot.keyClick(pictures, Qt.Key.Key_Down)
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
    assert user.window.pictures.paths() == photos
    qtbot.keyClick(user.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = user.window.findChildren(CombineDialog)
    assert not dialog.ways["flash"].isEnabled()
    dialog.ways["burst"].click()
    dialog.first.setCurrentIndex(1)
    dialog.accept()
    user.wait()
    session = user.window.session
    assert session.input.picture.path == photos[1]
    merged = session.result.shown.picture.pixels
    assert metrics.psnr(sharp, merged) > metrics.psnr(sharp, image_io.read(photos[1]).pixels) + 1.5
    assert user.sizes == [(200, 160), None, (200, 160)]


def test_the_sample_is_one_key_away(user: User, qtbot: QtBot) -> None:
    """Without a photo of one's own, a button in the Input pane shows a pair with figures, and leaves no trace."""
    user.choose(user.choice("Works on"), "whole")
    button = next(b for b in user.window.panes.input.findChildren(QPushButton) if b.text() == "Try a sample")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    user.wait()
    assert "Doing nothing: PSNR" in user.captions[0]
    assert not button.isVisible()
    assert user.window.recent_pictures() == []


def test_a_sharp_photo_is_blurred_in_the_lab_and_repaired(user: User, qtbot: QtBot, truth: Path) -> None:
    """The lab's key opens it, a dropped photo stays in it, and its button gives the pair, the result and figures."""
    user.window.actions_.lab.trigger()
    lab = user.window.lab
    assert lab is not None
    assert lab.blurs.hasFocus()
    user.open(truth, on=lab.preview)
    user.until(lambda: lab.preview.canvas.image)
    assert lab.isVisible()
    qtbot.keyClick(lab.use_button, Qt.Key.Key_Space)
    user.until(lambda: user.window.session.comparison)
    user.wait()
    assert "sharp.png, blurred in the lab" in user.captions[0]
    assert "Doing nothing: PSNR" in user.captions[0]
    assert "sharp.png" in user.captions[1]
    assert "PSNR" in user.captions[2]
    assert lab.isVisible()
    assert user.window._name_of_input == "sharp_blurred.png"
    user.window.show_training()
    user.window.panes.view.zoom_by(3)
    user.window.show_lab()
    user.until(lambda: not lab.trials.is_busy)


def test_a_picture_goes_through_the_clipboard(user: User, qtbot: QtBot) -> None:
    """A pasted picture is deblurred, and the result can be copied; a clipboard without a picture is said to be one."""
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("no picture")
    user.window.actions_.paste.trigger()
    assert user.window.status.stage.text() == "There is no picture on the clipboard."
    image = QImage(41, 23, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.darkCyan)
    clipboard.setImage(image)
    user.window.actions_.paste.trigger()
    user.wait()
    assert user.captions[0] == "41 × 23 px · from the clipboard"
    user.window.actions_.copy.trigger()
    copied = clipboard.image()
    assert (copied.width(), copied.height()) == (41, 23)
    assert copied.convertToFormat(QImage.Format.Format_RGB32) == user.window.panes.predicted.canvas.image
    clipboard.clear()


def test_copied_files_are_opened_by_pasting(user: User, photo: Path) -> None:
    """Files copied in a file manager are pasted as files, with their name."""
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/x.png"), QUrl.fromLocalFile(str(photo))])
    QGuiApplication.clipboard().setMimeData(mime)
    user.window.actions_.paste.trigger()
    user.wait()
    assert user.captions[0].endswith("photo.png")
    QGuiApplication.clipboard().clear()


def test_recent_pictures_are_remembered_for_the_next_start(
    user: User, qtbot: QtBot, photo: Path, truth: Path, tmp_path: Path
) -> None:
    """Pictures that are still there can be opened again, newest first, also after the window was closed."""
    gone = write(tmp_path / "gone.png", np.zeros((8, 8, 3), np.float32))
    for path in (photo, gone, truth):
        user.open(path)
    gone.unlink()
    assert [name.split(" – ")[0] for name, _ in user.window.recent_pictures()] == ["sharp.png", "photo.png"]
    user.window.close()
    later = User(qtbot, load_settings(settings_file()))
    (_, _), (_, open_photo) = later.window.recent_pictures()
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
    box = user.window.method_panel.device_box
    assert box.itemText(0) == "Automatic"
    assert "CPU" in box.itemText(1)
    assert user.window.status.engine.text() == "Engine ready"
    user.open(photo)
    user.choose(box, "cpu")
    result = user.window.session.result
    assert result
    assert result.restored.request.device == "cpu"
    assert box.itemText(1) in user.captions[2]


def test_a_device_that_is_gone_is_replaced_with_a_sentence(qtbot: QtBot, photo: Path, tiny_card: Path) -> None:
    """A graphics card of the last time that is not there any more: the processor is taken, and that is said."""
    user = User(qtbot, Settings(method="autoencoder", device="gpu:7", values={"model": str(tiny_card)}))
    user.open(photo)
    assert user.sizes[2] == (80, 60)
    assert "gpu:7" in user.window.status.stage.text()
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


# --- what goes wrong ------------------------------------------------------------------------------------------------


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG file that says how large it is and holds nothing."""
    body = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    chunks = (13).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)
    return b"\x89PNG\r\n\x1a\n" + chunks + bytes(4) + b"IDAT" + zlib.crc32(b"IDAT").to_bytes(4)


def truncated_jpeg(scene: Pixels) -> bytes:
    """The first half of a JPEG file."""
    file = io.BytesIO()
    Image.fromarray(to_uint8(scene)).save(file, "JPEG")
    return file.getvalue()[: len(file.getvalue()) // 2]


def test_bad_files_are_explained_and_change_nothing(
    user: User, photo: Path, truth: Path, tmp_path: Path, scene: Pixels
) -> None:
    """Whatever is dropped, one sentence says which file and what is wrong, and photo, truth and result stay."""
    user.open(photo, truth)
    session, before = user.window.session, user.captions
    kept = (session.input, session.truth, session.result, session.comparison, session.request)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").touch()
    cases: dict[str, tuple[bytes | None, str]] = {
        "letter.txt": (b"Dear Sir or Madam", "not a picture"),
        "half.jpg": (truncated_jpeg(scene), "damaged or was cut off"),
        "empty.png": (b"", "is empty"),
        "huge.png": (png_header(30_000, 30_000), "30000 × 30000 pixels"),
        "nothing.png": (png_header(0, 0), ""),
        "shopping.json": (b'{"milk": 2}', "is not a model card"),
        "letters": (None, "no picture in what was dropped"),
        "missing.png": (None, "does not exist"),
        "<b>bold<b>.png": (b"?", "not a picture"),
    }
    for name, (content, words) in cases.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        user.drop(tmp_path / name)
        message = user.read_message()
        user.wait()
        assert name in message
        assert words in message
        assert (session.input, session.truth, session.result, session.comparison, session.request) == kept, name
        assert user.captions == before, name
        assert user.window.status.stage.text() == message


def test_a_target_that_cannot_be_written_is_explained(user: User, photo: Path) -> None:
    """Saving where there is no folder, or over the original, is answered with a sentence and writes nothing."""
    original = photo.read_bytes()
    user.open(photo)
    for target, words in ((photo.parent / "nowhere" / "x.png", "cannot be written"), (photo, "is the original")):
        user.window.session.save(target)
        assert words in user.read_message()
        user.wait()
    assert photo.read_bytes() == original
    assert not (photo.parent / "nowhere").exists()


def test_long_names_do_not_widen_the_window(user: User, tmp_path: Path, scene: Pixels) -> None:
    """A name of 200 letters without a space fits the captions, the status and the list of recent pictures."""
    before = user.window.minimumSizeHint().width()
    long = write(tmp_path / ("x" * 200 + ".png"), scene)
    user.open(long)
    user.window.session.save(long.with_name("y" * 200 + ".png"))
    user.wait()
    QApplication.processEvents()
    assert user.window.minimumSizeHint().width() == before
    assert user.window.width() == 1200
    (name, _), *_ = user.window.recent_pictures()
    assert len(name) < 120
    broken = tmp_path / ("z" * 200 + ".png")
    broken.touch()
    user.drop(broken)
    user.until(lambda: user.messages)
    assert user.messages[0].width() < 700  # so that the name stands there in lines, to its end
    assert broken.name in user.read_message()
    assert user.window.minimumSizeHint().width() == before


# --- training -------------------------------------------------------------------------------------------------------


SMALL = TrainingConfig(epochs=2, batch_size=4, side=16, filters=(4, 8), latent=8, precision="float32")


@pytest.fixture
def pairs(tmp_path: Path) -> list[Pair]:
    """Eight pairs in the folders of the paper's data set."""
    random = np.random.default_rng(1)
    for number in range(1, 9):
        sharp = random.random((20, 24, 3), np.float32)
        write(tmp_path / "data" / "sharp" / f"{number}_CAMERA_S.png", sharp)
        blurred = degrade.blur(sharp, psf.motion(5, 0))
        write(tmp_path / "data" / "motion_blurred" / f"{number}_CAMERA_M.png", blurred)
    return find_pairs(tmp_path / "data").pairs


def test_from_eight_pairs_to_a_model_in_use(
    user: User, qtbot: QtBot, photo: Path, tmp_path: Path, pairs: list[Pair]
) -> None:
    """A training shows its curves and a held-out picture after each epoch, and its model deblurs the next photo."""
    user.open(photo)
    panel = user.window.show_training()
    run = Run(tmp_path / "runs" / "first")
    with qtbot.waitSignals([panel.preview_ready] * 2, timeout=MINUTE):
        panel.start(SMALL, pairs, run)
    user.until(lambda: not panel.is_busy())
    assert user.sizes == [(16, 16)] * 3
    assert user.captions[0].startswith("16 × 16 px · training\nDoing nothing: PSNR")
    counts = panel.training.plot.point_counts()
    assert counts.pop("batch") == 4  # six pairs in batches of four, twice
    assert set(counts.values()) == {2}
    qtbot.mouseClick(panel.result.use, Qt.MouseButton.LeftButton)
    user.wait()
    assert user.window.tabs.currentIndex() == 0
    assert user.choice("Model").currentData() == str(run.card)
    result = user.window.session.result
    assert result
    assert result.restored.request.values["model"] == str(run.card)
    assert user.sizes == [(80, 60), None, (80, 60)]
    assert weights.read_card(run.card).training["epochs"] == 2


def test_a_photo_is_deblurred_while_a_training_goes_on(
    user: User, qtbot: QtBot, photo: Path, tmp_path: Path, pairs: list[Pair]
) -> None:
    """A photo dropped during a training is shown with its result, and no preview takes its place; closing asks."""
    window = user.window
    panel = window.show_training()
    run = Run(tmp_path / "runs" / "long")
    with qtbot.waitSignal(panel.preview_ready, timeout=MINUTE):
        panel.start(replace(SMALL, epochs=100_000), pairs, run)
    user.open(photo)
    assert window.tabs.currentIndex() == 0
    with qtbot.waitSignal(panel.preview_ready, timeout=MINUTE):
        assert panel.is_busy()
    assert user.captions[0].endswith("photo.png")
    assert user.sizes == [(80, 60), None, (80, 60)]
    window.show_training()
    with qtbot.waitSignal(panel.preview_ready, timeout=MINUTE):
        assert panel.is_busy()
    assert "training" in user.captions[0]
    window.close()
    user.answer(QMessageBox.StandardButton.Close)
    user.until(lambda: not window.isVisible())
    assert not panel.is_busy()
    assert (run.folder / "checkpoint.npz").exists()  # nothing of it is lost


# --- closing --------------------------------------------------------------------------------------------------------


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A photo that keeps the small model busy for longer than any test."""
    return write(tmp_path / "large.png", np.full((3000, 3000, 3), 0.5, np.float32))


def test_closing_at_work_asks_and_can_be_taken_back(user: User, large: Path) -> None:
    """While there is work the window stays until the user decides: Cancel goes on, Close ends the work and closes."""
    session, window = user.window.session, user.window
    user.drop(large)
    user.until(lambda: session.input)
    window.close()
    window.close()  # an impatient second time asks no second question
    user.answer(QMessageBox.StandardButton.Cancel)
    user.until(lambda: not user.messages)
    assert window.isVisible()
    assert session.is_busy
    window.close()
    user.answer(QMessageBox.StandardButton.Close)
    user.until(lambda: not window.isVisible())
    assert not session.is_busy
    assert session.result is None


def test_stop_ends_the_work_and_keeps_the_photo(user: User, qtbot: QtBot, large: Path) -> None:
    """Escape ends the deblurring within moments; the photo stays, and the progress goes."""
    user.drop(large)
    user.until(lambda: user.window.session.input)
    user.until(lambda: user.window.status.cancel_button.isVisible())
    assert user.window.actions_.cancel.isEnabled()
    qtbot.keyClick(user.window, Qt.Key.Key_Escape)
    user.wait()
    assert user.sizes == [(3000, 3000), None, None]
    assert not user.window.status.bar.isVisible()
    assert user.messages == []


WATCHED = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QMessageBox
from deblur_app import app

facts = {}

class Watched(app.Application):
    def __init__(self, arguments):
        super().__init__(arguments)
        self.window.painted.connect(self.see_paint)
        self.window.session.changed.connect(self.look)
        self.window.session.busy_changed.connect(self.look)

    def _load_engine(self):
        super()._load_engine()
        self._engine.finished.connect(self.look)

    def see_paint(self):
        facts["modules at first paint"] = sorted({"tensorflow", "keras", "numpy"} & set(sys.modules))
        facts["status at first paint"] = self.window.status.engine.text()
        if "--close-at-work" in sys.argv:
            self.window.close()
            box = self.window.findChild(QMessageBox, "closing")
            facts["asked"] = box is not None
            box.button(QMessageBox.StandardButton.Close).click()

    def look(self):
        facts["status"] = self.window.status.engine.text()
        facts["result"] = self.window.session.result is not None
        if facts["result"] and facts["status"] == "Engine ready" and not self.window.is_busy:
            self.window.close()

app.Application = Watched
code = app.run([Path(sys.argv[1])])
print(json.dumps(facts))
sys.exit(code)
"""


def start(*arguments: str) -> tuple[subprocess.CompletedProcess[str], dict[str, object]]:
    """Start the program in a process of its own, and return how it ended and what was seen."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        capture_output=True, text=True, timeout=120, check=False, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    return done, json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}


def complaints(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What a process has written to stderr, without what Qt says of the platform without a screen."""
    return [line for line in done.stderr.splitlines() if not line.startswith("This plugin does not support")]


@pytest.fixture
def stored_model(tiny_card: Path) -> Path:
    """Settings in which the last model was the small one."""
    path = settings_file()
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"method": "autoencoder", "values": {"model": str(tiny_card)}}))
    return path


def test_the_program_starts_at_once_and_works_when_the_engine_is_there(photo: Path, stored_model: Path) -> None:
    """The window paints before TensorFlow is loaded, a photo given before that is deblurred, and the program ends."""
    done, facts = start(str(photo))
    assert (done.returncode, complaints(done)) == (0, [])
    assert facts == {
        "modules at first paint": facts["modules at first paint"],
        "status at first paint": "Engine loading…",
        "status": "Engine ready",
        "result": True,
    }
    assert not {"tensorflow", "keras"} & set(facts["modules at first paint"])  # type: ignore[call-overload]
    assert json.loads(stored_model.read_text())["recent"] == [str(photo)]


def test_the_program_ends_cleanly_when_it_is_closed_at_work(photo: Path, stored_model: Path) -> None:
    """Closed while a photo is opened and the engine loads, it asks, waits for its threads and ends without a word."""
    done, facts = start(str(photo), "--close-at-work")
    assert (done.returncode, complaints(done)) == (0, [])
    assert facts["asked"] is True
