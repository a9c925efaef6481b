"""Recipes on the command line: written into results, shown, and applied to other photos."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.blur.psf import Psf
from deblur_app.cli import main as cli
from deblur_app.core import image_io
from deblur_app.core.picture import Picture
from deblur_app.engine.blend import PLAIN
from deblur_app.engine.method import Request
from deblur_app.engine.recipes import storage
from deblur_app.engine.recipes.recipe import Outcome, Recipe

if TYPE_CHECKING:
    from pathlib import Path

WIENER = ("--method", "wiener", "--psf", "motion:length=7,angle=30", "--set", "smoothing=1", "--strength", "80")


@pytest.fixture
def saved(photo: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A result with its recipe, inside it and beside it."""
    assert cli.main(["restore", str(photo), "-o", str(photo.with_name("saved.png")), "--sidecar", *WIENER]) == 0
    capsys.readouterr()
    return photo.with_name("saved.png")


def test_a_recipe_is_shown_for_people_and_for_scripts(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Differences from the defaults in words; everything in JSON, without long kernels."""
    assert cli.main(["recipe", str(saved)]) == 0
    text = capsys.readouterr().out
    for words in ("Wiener deconvolution", "smoothing=1.0", "Motion blur, 7 px at 30°", "80 %"):
        assert words in text
    assert cli.main(["recipe", str(saved), "--json"]) == 0
    table = json.loads(capsys.readouterr().out)
    assert (table["input"], table["method"], table["blend"]["strength"]) == (str(saved), "wiener", 80)


@pytest.mark.parametrize("source", ["saved.png", "saved.png.deblur.json"])
def test_settings_of_one_photo_are_applied_to_another(saved: Path, photo: Path, source: str) -> None:
    """The same photo with the recipe becomes the same picture, from the result and from the file beside it."""
    other = photo.with_name("other.png")
    assert cli.main(["restore", str(photo), "-o", str(other), "--recipe", str(photo.with_name(source))]) == 0
    np.testing.assert_array_equal(image_io.read(other).pixels, image_io.read(saved).pixels)


def test_options_go_before_the_recipe(saved: Path, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Options of the command line are taken; the rest is that of the recipe, of another method nothing."""
    for options, words, missing in (
        (("--strength", "50"), ("50 %", "smoothing=1.0", "7 px"), ()),
        (("--method", "tikhonov"), ("Tikhonov", "80 %", "7 px"), ("smoothing=1.0",)),
        (("--psf", "defocus:radius=2"), ("radius 2", "80 %"), ("7 px",)),
    ):
        assert cli.main(["restore", str(photo), "-o", str(photo.with_name("o.png")), "--overwrite",
                         "--recipe", str(saved), *options]) == 0  # fmt: skip
        capsys.readouterr()
        assert cli.main(["recipe", str(photo.with_name("o.png"))]) == 0
        text = capsys.readouterr().out
        assert all(word in text for word in words), text
        assert not any(word in text for word in missing), text


def test_a_recipe_without_its_kernels_is_not_applied_without_them(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another PSF would be another picture: one sentence says what to do, and a PSF that is named is taken."""
    kernel = np.random.default_rng(1).random((127, 127)).astype(np.float32)
    psf = Psf(kernel / kernel.sum())
    recipe = Recipe(Request("wiener", {}, psf=psf), PLAIN, Outcome("wiener", {}))
    made = image_io.write(storage.attach_recipe(image_io.read(photo), recipe), photo.with_name("made.png"))
    assert cli.main(["recipe", str(made)]) == 0
    assert "127 × 127 px (left out of this file)" in capsys.readouterr().out
    command = ["restore", str(photo), "-o", str(photo.with_name("o.png")), "--recipe", str(made)]
    assert cli.main(command) == 2
    assert "no room in the photo" in capsys.readouterr().err
    assert cli.main([*command, "--psf", "motion:length=7,angle=30"]) == 0


def test_a_recipe_can_be_left_out(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --no-recipe a result says nothing of how it was made, and showing it says so in one sentence."""
    assert cli.main(["restore", str(photo), "--no-recipe", *WIENER]) == 0
    assert cli.main(["recipe", str(photo.with_name("photo_deblurred.png"))]) == 2
    assert "holds no recipe" in capsys.readouterr().err


def test_a_file_beside_the_result_never_replaces_another(saved: Path, photo: Path) -> None:
    """It gets a number, as results do."""
    beside = saved.with_name("saved.png.deblur.json")
    before = beside.read_bytes()
    saved.unlink()
    assert cli.main(["restore", str(photo), "-o", str(saved), "--sidecar", *WIENER[:-2]]) == 0
    assert beside.read_bytes() == before
    assert len(list(saved.parent.glob("*deblur*.json"))) == 2


def test_a_recipe_for_a_pipe_needs_a_file(photo: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    """There is nothing that the file could stand beside."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: False, raising=False)
    assert cli.main(["restore", str(photo), "-o", "-", "--sidecar"]) == 2
    assert "--sidecar" in capsys.readouterr().err


def test_a_mask_restricts_the_restoration_and_goes_on_with_the_recipe(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Black stays as it was to the level; the recipe names the mask and does the same again without its file."""
    given = image_io.read(photo)
    values = np.zeros_like(given.pixels)
    values[:, : given.width // 2] = 1.0
    mask = photo.with_name("mask.png")
    image_io.write(Picture(values), mask)
    one, plain, again = (photo.with_name(name) for name in ("one.png", "plain.png", "again.png"))
    assert cli.main(["restore", str(photo), "-o", str(one), "--mask", str(mask), *WIENER]) == 0
    assert cli.main(["restore", str(photo), "-o", str(plain), *WIENER]) == 0
    masked, whole = image_io.read(one).pixels, image_io.read(plain).pixels
    np.testing.assert_array_equal(masked[:, given.width // 2 :], given.pixels[:, given.width // 2 :])
    np.testing.assert_array_equal(masked[:, : given.width // 2], whole[:, : given.width // 2])
    capsys.readouterr()
    assert cli.main(["recipe", str(one)]) == 0
    assert "Mask:        a picture" in capsys.readouterr().out
    mask.unlink()
    assert cli.main(["restore", str(photo), "-o", str(again), "--recipe", str(one)]) == 0
    np.testing.assert_array_equal(image_io.read(again).pixels, masked)


def test_a_mask_of_another_size_is_refused_and_never_written_over(
    photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence names both sizes; the file of the mask is no target."""
    mask = photo.with_name("mask.png")
    image_io.write(Picture(np.ones((5, 7, 3), np.float32)), mask)
    before = mask.read_bytes()
    assert cli.main(["restore", str(photo), "--mask", str(mask), *WIENER]) == 2
    assert "The mask is 7 × 5 pixels" in capsys.readouterr().err
    assert cli.main(["restore", str(photo), "-o", str(mask), "--overwrite", "--mask", str(mask), *WIENER]) != 0
    assert mask.read_bytes() == before
