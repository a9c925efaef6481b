"""Kernels with names: some come with the program, the others are the user's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.blur import models
from deblur_app.blur.psf import Psf
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.gui.psf import library
from deblur_app.gui.psf.library import PRESETS, check_name, entries, forget, keep, read, write

if TYPE_CHECKING:
    from pathlib import Path


def test_the_presets_are_kernels_with_names_of_their_own() -> None:
    """Each can be made, and no two are called alike."""
    assert len({entry.name.casefold() for entry in PRESETS}) == len(PRESETS) >= 5
    for entry in PRESETS:
        assert entry.blur is not None
        assert entry.blur.kernel().sum() == pytest.approx(1.0, abs=1e-4)


def test_a_kept_kernel_is_listed_read_and_forgotten(tmp_path: Path) -> None:
    """It comes after the presets, is read as it was, and its file goes when it is deleted."""
    kernel, place = models.motion(9.0, 20.0), tmp_path / "kernels"
    assert entries(place) == list(PRESETS)
    stored = run_to_end(keep(kernel, "  My   old lens ", place))
    assert stored.name == "My old lens"
    assert entries(place) == [*PRESETS, stored]
    assert stored.path is not None
    name, result, note = run_to_end(read(stored.path))
    assert note == ""
    assert name == "My old lens"
    assert np.allclose(result.kernel, kernel, atol=1e-6)
    forget(stored)
    assert entries(place) == list(PRESETS)


def test_the_same_name_replaces_and_names_are_sorted(tmp_path: Path) -> None:
    """Keeping again under one name leaves one entry, with the newer kernel."""
    for name, radius in (("zoom", 2.0), ("Anna", 3.0), ("zoom", 5.0)):
        run_to_end(keep(models.defocus(radius), name, tmp_path))
    own = entries(tmp_path)[len(PRESETS) :]
    assert [entry.name for entry in own] == ["Anna", "zoom"]
    assert own[1].path is not None
    assert np.allclose(run_to_end(read(own[1].path))[1].kernel, models.defocus(5.0), atol=1e-6)


@pytest.mark.parametrize("name", ["", "   ", "...", "/", "con", "NUL.x", "Hot air", "hot AIR"])
def test_names_that_cannot_be_are_refused(tmp_path: Path, name: str) -> None:
    """Nothing, names of devices and names of presets: a sentence, and no file."""
    with pytest.raises(DeblurError):
        run_to_end(keep(models.defocus(2.0), name, tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a/b\\c:d", "../../x", "Ü – größer", "x" * 300, "v1.2"])
def test_every_other_name_becomes_a_file_in_the_folder(tmp_path: Path, name: str) -> None:
    """Signs that a system does not take are left out, and the file lies nowhere else."""
    entry = run_to_end(keep(models.defocus(2.0), name, tmp_path))
    assert [path.stem for path in tmp_path.iterdir()] == [entry.name] == [check_name(name)]


def test_presets_stay(tmp_path: Path) -> None:
    """Kernels that come with the program cannot be deleted."""
    with pytest.raises(DeblurError, match="comes with the program"):
        forget(PRESETS[0])


@pytest.mark.parametrize("ending", [".npy", ".png", ".tif"])
def test_kernels_go_through_files(tmp_path: Path, ending: str) -> None:
    """As numbers and as 16-bit pictures a kernel comes back as it was."""
    kernel = models.motion(11.0, 70.0)
    path = run_to_end(write(Psf(kernel), tmp_path / f"kernel{ending}"))
    assert np.allclose(run_to_end(read(path))[1].kernel, kernel, atol=2e-4)


def test_the_library_lies_in_the_users_data(tmp_path: Path) -> None:
    """Its folder is beside the training runs, below the user's own."""
    assert library.folder().name == "kernels"
    assert tmp_path in library.folder().parents
