"""Kernels are kept in the library, opened and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QFileDialog, QInputDialog

from deblur_app.core import image_io
from deblur_app.core.picture import Picture
from deblur_app.gui.psf import library as psf_library

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.psf.bench import Bench


def test_presets_and_kept_kernels_are_one_choice_away(bench: Bench) -> None:
    """A preset brings its sliders; a kept kernel comes back as it was; deleting takes it from the list."""
    source = bench.panel.source

    def pick(name: str) -> None:
        source.library.setCurrentIndex(source.library.findText(name))
        source.library.activated.emit(source.library.currentIndex())
        bench.settle()

    pick("Hot air")
    assert bench.psf is not None
    assert bench.psf.model == psf_library.PRESETS[-1].blur
    assert not source.forget_button.isEnabled()
    bench.slide("Strength σ", 3.0)
    remaining = bench.panel.editor.kernel()
    source.keep_button.click()
    (dialog,) = source.findChildren(QInputDialog)
    dialog.textValueSelected.emit("my haze")
    dialog.reject()
    bench.settle()
    assert bench.messages[-1] == "“my haze” was added to the library."
    bench.choose("motion")
    pick("my haze")
    assert np.allclose(bench.kernel, remaining, atol=1e-6)
    source.forget_button.click()
    assert source.library.findText("my haze") < 0


def test_kernels_are_opened_and_saved_by_dialogs(bench: Bench, tmp_path: Path) -> None:
    """The file that was saved can be opened again; a broken one is explained and changes nothing."""
    source = bench.panel.source
    bench.choose("defocus")
    displayed = bench.panel.editor.kernel()
    source.save_button.click()
    (dialog,) = source.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "disk.tif"))
    dialog.reject()
    dialog.deleteLater()
    bench.settle()
    assert "disk.tif" in bench.messages[-1]
    bench.choose("motion")
    source.open(tmp_path / "disk.tif")
    bench.settle()
    assert source.kinds.currentText() == "disk.tif"
    assert np.allclose(bench.kernel, displayed, atol=1e-3)
    (tmp_path / "broken.npy").write_bytes(b"nothing")
    source.open(tmp_path / "broken.npy")
    bench.settle()
    assert "broken.npy" in str(bench.errors[-1])
    assert source.kinds.currentText() == "disk.tif"


def test_what_was_done_to_an_opened_psf_is_told(bench: Bench, tmp_path: Path) -> None:
    """The note stands where the kind of blur is explained, as long as that PSF is chosen."""
    spot = np.pad(np.ones((5, 5), np.float32), 10)
    image_io.write(Picture(np.repeat((0.1 + 0.9 * spot)[:, :, None], 3, axis=2)), tmp_path / "lamp.png")
    bench.panel.source.open(tmp_path / "lamp.png")
    bench.settle()
    assert "grey background" in bench.panel.source.explanation.text()
    bench.choose("motion")
    assert "grey background" not in bench.panel.source.explanation.text()
