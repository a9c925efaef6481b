"""The blur lab shows what a blur does as soon as it is set, and makes a pair of the whole photo."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDoubleSpinBox, QFileDialog, QLabel, QSpinBox, QWidget

from deblur_app.blur import models
from deblur_app.blur.camera import CAMERAS
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.kinds import BLURS, Blur
from deblur_app.core.picture import Picture
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine import devices
from deblur_app.engine.devices import Device
from deblur_app.engine.method import Method, Request
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.blur_lab.blur_lab import BlurLab
from deblur_app.gui.images import qt_image
from deblur_app.gui.session.display import DisplayImage
from deblur_app.gui.session.session import Session
from deblur_app.gui.viewer import captions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context
    from tests.conftest import MethodTable

MOMENT = 20_000


@pytest.fixture
def sharp(scene: Pixels, tmp_path: Path) -> DisplayImage:
    """The scene again and again, brighter towards the right, as an open photo."""
    brightness = np.linspace(0.3, 1.0, 800, dtype=np.float32)[:, None]
    picture = Picture(np.tile(scene, (10, 10, 1)) * brightness, path=tmp_path / "face.png")
    return DisplayImage(picture, qt_image.pyramid(picture.pixels))


@pytest.fixture
def lab(qtbot: QtBot) -> Iterator[BlurLab]:
    """A lab that has shown its first kernel."""
    lab = BlurLab()
    qtbot.addWidget(lab)
    lab.resize(300, 700)
    lab.show()
    settle(qtbot, lab)
    yield lab
    lab.finish()


def settle(qtbot: QtBot, lab: BlurLab) -> None:
    """Wait until the lab shows what is set."""
    qtbot.waitUntil(lambda: not lab.trials.is_busy, timeout=MOMENT)


def number(lab: BlurLab, name: str) -> QDoubleSpinBox | QSpinBox:
    """The box of a number, by its label."""
    boxes = [*lab.findChildren(QDoubleSpinBox), *lab.findChildren(QSpinBox)]
    (widget,) = (box for box in boxes if box.accessibleName() == name)
    return widget


def looks(lab: BlurLab) -> tuple[object, object, object]:
    """Copies of what the lab shows: kernel, response, photo."""
    displayed = lab.kernel.kernel.image, lab.kernel.response.image, lab.preview.canvas.image
    return tuple(image.copy() if image else None for image in displayed)  # type: ignore[return-value]


def test_without_a_photo_the_kernel_shows_and_a_photo_is_invited(lab: BlurLab) -> None:
    """Kernel, response and figures need no photo; the whole photo cannot be blurred before there is one."""
    kernel, response, photo = looks(lab)
    assert kernel is not None
    assert response is not None
    assert photo is None
    assert lab.preview.invitation.isVisible()
    assert not lab.use_button.isEnabled()
    assert "spreads over" in lab.kernel.facts.text()


@pytest.mark.parametrize("name", BLURS)
def test_every_blur_of_the_table_can_be_tried(qtbot: QtBot, lab: BlurLab, sharp: DisplayImage, name: str) -> None:
    """Choosing a blur explains it, and shows its kernel and the photo under it, of the right pixels."""
    lab.set_photo(sharp)
    lab.blurs.setCurrentIndex(lab.blurs.findData(name))
    settle(qtbot, lab)
    assert lab.explanation.text() == BLURS[name].explanation
    assert lab._kernel is not None
    assert np.array_equal(lab._kernel, BLURS[name].kernel())
    assert lab.preview.canvas.image is not None
    assert not lab.preview.invitation.isVisible()
    assert "face.png" in lab.preview.caption.whole


def test_each_change_gives_a_new_kernel_and_preview(qtbot: QtBot, lab: BlurLab, sharp: DisplayImage) -> None:
    """Strength changes all three; noise changes the photo and not the kernel; the same seed gives the same again."""
    lab.set_photo(sharp)
    settle(qtbot, lab)
    before = looks(lab)
    number(lab, "Length").setValue(25.0)
    settle(qtbot, lab)
    longer = looks(lab)
    assert all(one != other for one, other in zip(before, longer, strict=True))
    number(lab, "Noise").setValue(8.0)
    settle(qtbot, lab)
    noisy = looks(lab)
    assert noisy[:2] == longer[:2]
    assert noisy[2] != longer[2]
    number(lab, "Length").setValue(14.0)
    number(lab, "Noise").setValue(1.0)
    settle(qtbot, lab)
    assert looks(lab) == before


def test_the_preview_is_the_photo_pixel_for_pixel(qtbot: QtBot, lab: BlurLab, scene: Pixels) -> None:
    """The lab shows what the whole photo becomes."""
    lab.set_photo(DisplayImage(Picture(scene), []))
    settle(qtbot, lab)
    expected = qt_image.pyramid(run_to_end(degrade(scene, lab.settings())))[0]
    assert lab.preview.canvas.image == expected


def test_the_photo_is_seen_as_a_camera_takes_it(qtbot: QtBot, lab: BlurLab, sharp: DisplayImage) -> None:
    """The camera changes the photo and not the kernel."""
    lab.set_photo(sharp)
    settle(qtbot, lab)
    before = looks(lab)
    box = next(box for box in lab.camera.findChildren(QComboBox) if box.findData("phone") >= 0)
    box.setCurrentIndex(box.findData("phone"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, lab)
    assert lab.settings().camera == CAMERAS["phone"]
    assert looks(lab)[:2] == before[:2]
    assert looks(lab)[2] != before[2]


def test_the_preview_follows_the_place_that_the_panes_show(qtbot: QtBot, lab: BlurLab, sharp: DisplayImage) -> None:
    """Moving in the panes moves the part that is tried."""
    lab.set_photo(sharp)
    settle(qtbot, lab)
    before = looks(lab)
    lab.look_at(QPointF(0.1, 0.13))
    settle(qtbot, lab)
    assert looks(lab)[:2] == before[:2]
    assert looks(lab)[2] != before[2]


def test_the_last_of_many_wishes_is_what_shows(qtbot: QtBot) -> None:
    """While one task runs, of those that are asked for only the last is done; the running one is not cut short."""
    gate, completed = threading.Event(), []
    starts: list[int] = []

    def work(number: int) -> Task[int]:
        starts.append(number)
        while not gate.wait(0.002):
            yield Progress(0.5)
        return number

    latest = LatestTaskRunner()
    latest.ready.connect(completed.append)
    for wish in range(9):
        latest.ask(lambda wish=wish: work(wish))  # type: ignore[misc]
    with qtbot.waitSignal(latest.idle, timeout=MOMENT):
        gate.set()
    assert starts == [0, 8]
    assert completed == [0, 8]


def test_a_kernel_goes_through_a_file(qtbot: QtBot, lab: BlurLab, tmp_path: Path) -> None:
    """A saved kernel is opened again, stands in the list, and blurs; a broken file is explained and changes nothing."""
    kernel = models.defocus(4.5)
    for name in ("disk.npy", "disk.png"):
        kernel_files.write_kernel(kernel, tmp_path / name)
        with qtbot.waitSignal(lab.preview_updated, timeout=MOMENT):
            lab.open_kernel(tmp_path / name)
        settle(qtbot, lab)
        assert lab.blurs.currentText() == name
        assert np.allclose(lab._kernel, kernel, atol=1e-3)
    with qtbot.waitSignal(lab.message, timeout=MOMENT):
        lab.save_kernel(tmp_path / "again.npy")
    assert np.allclose(kernel_files.read_kernel(tmp_path / "again.npy"), kernel, atol=1e-3)
    (tmp_path / "broken.npy").write_bytes(b"nothing")
    with qtbot.waitSignal(lab.failed, timeout=MOMENT):
        lab.open_kernel(tmp_path / "broken.npy")
    assert lab.blurs.currentText() == "disk.png"


@pytest.mark.parametrize("button", ["open_button", "save_button"])
def test_kernels_are_asked_for_by_dialogs(qtbot: QtBot, lab: BlurLab, tmp_path: Path, button: str) -> None:
    """The buttons work by keyboard and open a dialog that blocks nothing."""
    qtbot.keyClick(getattr(lab, button), Qt.Key.Key_Space)
    (dialog,) = lab.findChildren(QFileDialog)
    signal = lab.message if button == "save_button" else lab.preview_updated
    if button == "open_button":
        kernel_files.write_kernel(models.defocus(2), tmp_path / "k.npy")
    with qtbot.waitSignal(signal, timeout=MOMENT):
        dialog.fileSelected.emit(str(tmp_path / "k.npy"))
    dialog.reject()
    settle(qtbot, lab)


def test_the_settings_say_what_is_set(qtbot: QtBot, lab: BlurLab) -> None:
    """Per cent become shares, and the file's quality a number."""
    number(lab, "Noise").setValue(2.5)
    number(lab, "Grain").setValue(7)
    number(lab, "Lamps").setValue(9)
    settings = lab.settings()
    assert (settings.noise, settings.seed, settings.highlights, settings.jpeg) == (0.025, 7, 9.0, None)
    assert settings.blur == Blur("motion", {"length": 14.0, "angle": 32.0})
    settle(qtbot, lab)


def test_no_two_keys_of_the_lab_are_equal(lab: BlurLab) -> None:
    """Alt and a letter goes to one place, and to none that the window's menus, tabs and status line have."""
    labels = [label for label in lab.findChildren(QLabel) if label.buddy()]
    texts = [widget.text() for widget in [*lab.findChildren(QAbstractButton), *labels]]
    letters = [QKeySequence.mnemonic(text).toString() for text in texts if not QKeySequence.mnemonic(text).isEmpty()]
    assert len(letters) == len(set(letters)) >= 4
    assert not {f"Alt+{letter}" for letter in "FEVPNHMTBC"} & set(letters)


@pytest.mark.parametrize("width", [260, 420])
def test_the_lab_fits_a_narrow_dock(qtbot: QtBot, lab: BlurLab, sharp: DisplayImage, width: int) -> None:
    """Nothing is cut off at the side, whichever blur shows."""
    lab.set_photo(sharp)
    lab.resize(width, 700)
    for index in range(lab.blurs.count()):
        lab.blurs.setCurrentIndex(index)
        settle(qtbot, lab)
        lab.grab()
        page = lab.strength.parentWidget()
        assert lab.minimumSizeHint().width() <= width
        assert page.width() <= page.parentWidget().width()
        for widget in page.findChildren(QWidget):
            if widget.isVisible() and widget.parentWidget() is page:
                assert widget.geometry().right() <= page.width()


# --- the whole photo ------------------------------------------------------------------------------------------------


@pytest.fixture
def session(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, method_table: MethodTable, sharp: DisplayImage
) -> Iterator[Session]:
    """A session whose only method gives back what it gets, with the photo as input."""

    def keep(context: Context) -> Task[Pixels]:
        yield Progress(0.5)
        return context.pixels.copy()

    method_table.put(Method("keep", "Keep", "Keeps.", (), keep))
    monkeypatch.setattr(devices, "choose", lambda _: (Device("cpu", "CPU", "/CPU:0"), ""))
    session = Session(partial(Request, "keep"))
    session.take_picture(sharp.picture)
    wait(qtbot, session)
    yield session
    session.cancel()
    wait(qtbot, session)


def wait(qtbot: QtBot, session: Session) -> None:
    """Until the session is idle."""
    qtbot.waitUntil(lambda: not session.is_busy, timeout=MOMENT)


SETTINGS = Degradation(Blur("motion", {"length": 9.0}), noise=0.01, seed=3)


def test_the_blurred_photo_becomes_the_input_and_the_sharp_one_the_truth(
    qtbot: QtBot, session: Session, sharp: DisplayImage
) -> None:
    """Use as input gives the pair, the result and the figures by itself, and the names tell what is what."""
    session.blur(SETTINGS)
    wait(qtbot, session)
    assert session.input is not None
    assert session.truth is not None
    assert session.truth.picture is sharp.picture
    assert np.array_equal(session.input.picture.pixels, run_to_end(degrade(sharp.picture.pixels, SETTINGS)))
    assert session.comparison is not None
    assert session.comparison.do_nothing.psnr == session.comparison.result.psnr < 40
    assert "face.png, blurred in the lab" in captions.describe_input(session)
    assert "face.png" in captions.describe_truth(session)
    assert session.input.picture.path is None  # it is no file: nothing may be saved over the sharp one


def test_blurring_again_begins_at_the_sharp_photo(qtbot: QtBot, session: Session, sharp: DisplayImage) -> None:
    """The second blur is not put on top of the first, even after a swap."""
    expected = run_to_end(degrade(sharp.picture.pixels, SETTINGS))
    for is_swapped in (False, False, True):
        if is_swapped:
            session.swap()
            wait(qtbot, session)
        session.blur(SETTINGS)
        wait(qtbot, session)
        assert session.input is not None
        assert session.truth is not None
        assert np.array_equal(session.input.picture.pixels, expected)
        assert session.truth.picture is sharp.picture


def test_cancelling_keeps_what_was_there(qtbot: QtBot, session: Session, sharp: DisplayImage) -> None:
    """A blur that is stopped changes nothing."""
    session.blur(SETTINGS)
    session.cancel()
    wait(qtbot, session)
    assert session.input is not None
    assert session.input.picture is sharp.picture
    assert session.truth is None


def test_a_new_photo_does_not_keep_the_sharp_one_of_the_last(
    qtbot: QtBot, session: Session, sharp: DisplayImage
) -> None:
    """After a photo of equal size is opened, the lab blurs that one."""
    session.blur(SETTINGS)
    wait(qtbot, session)
    other = Picture(sharp.picture.pixels[::-1].copy())
    session.take_picture(other)
    wait(qtbot, session)
    assert session.truth is None
    assert session.sharp is not None
    assert session.sharp.picture is other
