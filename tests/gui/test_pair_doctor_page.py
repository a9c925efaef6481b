"""The pair doctor says what is wrong with the pairs of a training, and mends what it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import skimage.data
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from deblur_app.blur import models
from deblur_app.blur.degrade import blur
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer
from deblur_app.gui.training_wizard.parts.doctor.doctor_tasks import new_folder
from deblur_app.gui.training_wizard.parts.doctor.doctor_words import describe
from deblur_app.gui.training_wizard.wizard import TrainingWizard
from training.pair_doctor.doctor import KINDS, Diagnosis, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels

MOMENT = 60_000


@pytest.fixture(scope="module")
def photo() -> Pixels:
    """A photo with detail everywhere, small."""
    return from_integer(np.ascontiguousarray(skimage.data.astronaut()[100:400, 50:410]))


@pytest.fixture
def pairs(tmp_path: Path, photo: Pixels) -> Path:
    """A pair that lies on itself, one 6 px apart, and a photo without a counterpart."""
    folder = tmp_path / "my photos"
    moved = cv2.warpAffine(photo, np.float32([[1, 0, 5], [0, 1, 3]]), photo.shape[1::-1], borderMode=cv2.BORDER_REFLECT)
    for name, sharp, blurred in (("good", photo[::-1], photo[::-1]), ("apart", photo, moved)):
        write(folder / "sharp" / f"{name}.png", sharp)
        write(folder / "blurred" / f"{name}.png", blur(np.ascontiguousarray(blurred, np.float32), models.defocus(2)))
    write(folder / "sharp" / "alone.png", photo)
    return folder


def write(path: Path, pixels: Pixels) -> None:
    """Write a picture into a folder that may not be there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image_io.write(Picture(np.ascontiguousarray(pixels)), path)


@pytest.fixture
def panel(qtbot: QtBot, pairs: Path) -> Iterator[TrainingWizard]:
    """The training tab with the pairs chosen."""
    panel = TrainingWizard()
    qtbot.addWidget(panel)
    panel.resize(420, 700)
    panel.show()
    assert not panel.pictures_page.check.isVisible()
    panel.pictures_page.take([pairs])
    settle(qtbot, panel)
    yield panel
    panel.cancel_and_wait()


def settle(qtbot: QtBot, panel: TrainingWizard) -> None:
    """Wait until nothing works."""
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=MOMENT)


def lines(panel: TrainingWizard) -> list[str]:
    """Return what the list says."""
    return [panel.doctor_page.findings.item(row).text() for row in range(panel.doctor_page.findings.count())]


def examine(qtbot: QtBot, panel: TrainingWizard) -> None:
    """Press the button, by keyboard, and wait for what is found."""
    qtbot.keyClick(panel.pictures_page.check, Qt.Key.Key_Space)
    settle(qtbot, panel)


def test_what_is_wrong_is_listed_in_sentences_by_kind(qtbot: QtBot, panel: TrainingWizard) -> None:
    """Titles with counts, a sentence for each finding with its files at hand, and a summary."""
    examine(qtbot, panel)
    doctor = panel.doctor_page
    assert doctor.isVisible()
    assert "2 pairs examined" in doctor.summary.text()
    result = lines(panel)
    assert result[0] == "Without a counterpart (1)"
    assert "alone.png" in result[1]
    assert "Misaligned (1)" in result
    assert any("px apart" in line for line in result)
    assert "alone.png" in doctor.findings.item(1).toolTip()
    assert doctor.register_button.isEnabled()
    assert not doctor.stop_button.isVisible()


def test_registered_pairs_are_trained_on_from_then_on(qtbot: QtBot, panel: TrainingWizard, pairs: Path) -> None:
    """The new folder is made beside the old one, which stays as it is, and the settings show it."""
    before = sorted(pairs.rglob("*"))
    examine(qtbot, panel)
    qtbot.keyClick(panel.doctor_page.register_button, Qt.Key.Key_Space)
    (dialog,) = panel.doctor_page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(pairs.parent))
    settle(qtbot, panel)
    dialog.reject()
    folder = pairs.parent / "my photos registered"
    assert panel.model.inputs.folders == (folder,)
    assert any("apart" in pair.name for pair in panel.model.pairs)
    assert "registered into" in panel.offer.text
    assert not panel.doctor_page.isVisible()
    assert panel.start_button.isEnabled()
    assert sorted(pairs.rglob("*")) == before


def test_an_examination_can_be_stopped(qtbot: QtBot, panel: TrainingWizard) -> None:
    """Stop and back end the work; nothing is listed."""
    for button in (panel.doctor_page.stop_button, panel.doctor_page.back_button):
        qtbot.keyClick(panel.pictures_page.check, Qt.Key.Key_Space)
        assert panel.is_busy()
        button.click()
        settle(qtbot, panel)
        assert lines(panel) == []
    assert panel.pictures_page.isVisible()


def test_pictures_that_are_also_in_another_folder_are_found(
    qtbot: QtBot, panel: TrainingWizard, tmp_path: Path, photo: Pixels
) -> None:
    """A validation photo among the training photos is said to be one."""
    write(tmp_path / "validation" / "the same.png", photo)
    examine(qtbot, panel)
    panel.doctor_page.against_button.click()
    (dialog,) = panel.doctor_page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "validation"))
    settle(qtbot, panel)
    dialog.reject()
    assert any("also in “validation”" in line for line in lines(panel))


def test_no_two_keys_of_the_page_are_equal(panel: TrainingWizard) -> None:
    """Alt and a letter goes to one place, and to none that the window's menus and tabs have."""
    texts = [button.text() for button in panel.doctor_page.findChildren(QAbstractButton)]
    letters = [QKeySequence.mnemonic(text).toString() for text in texts if not QKeySequence.mnemonic(text).isEmpty()]
    assert len(letters) == len(set(letters)) >= 4
    assert not {f"Alt+{letter}" for letter in "FEVPNHMTBC"} & set(letters)


def test_every_kind_of_finding_has_a_title(tmp_path: Path) -> None:
    """The summary names whatever the doctor can find; without a finding the folder is in order."""
    findings = [Finding(kind, (tmp_path,), "A sentence.") for kind in KINDS]  # type: ignore[arg-type]
    assert describe(Diagnosis(3, findings), "photos").count(" 1") == len(KINDS)
    assert "in order" in describe(Diagnosis(1, []), "photos")


def test_a_new_folder_is_new(tmp_path: Path) -> None:
    """A name that is taken is counted on."""
    assert new_folder(tmp_path, tmp_path / "a").name == "a registered"
    (tmp_path / "a registered").mkdir()
    assert new_folder(tmp_path, tmp_path / "a").name == "a registered 2"
