"""Displacements are found to parts of a pixel whatever the blur, and mended by moving the sharp picture alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import run_to_end
from deblur_app.restoration.registration.alignment import Alignment, align, apply_homography
from tests.training.photos import KERNELS, displacing, photo, photograph_scene
from training.data.dataset import load_pairs
from training.data.pairs import Pair, find_pairs
from training.pair_doctor.registration import register

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.registration.alignment import Homography

DISPLACED = {
    "none": displacing(),
    "shift": displacing(x=3.3, y=-2.7),
    "turn": displacing(angle=-4.0, x=5.0),
    "scale": displacing(angle=1.0, scale=1.04, y=6.0),
    "tilt": displacing(x=2.0, tilt=2e-5),
}


def errors(result: Homography, true: Homography) -> np.ndarray:
    """Return how far apart two homographies put the points of the frame, in pixels."""
    points = np.stack(np.meshgrid(np.linspace(0, 383, 9), np.linspace(0, 383, 9)), axis=-1).reshape(-1, 2)
    return np.linalg.norm(apply_homography(points, result) - apply_homography(points, true), axis=1)


@pytest.mark.parametrize("blur", KERNELS)
@pytest.mark.parametrize("displaced", DISPLACED)
def test_a_known_displacement_is_found(displaced: str, blur: str) -> None:
    """To half a pixel at every point of the frame, under blur and noise; little is left, and it says so."""
    sharp, true = photo(), DISPLACED[displaced]
    result = run_to_end(align(sharp, photograph_scene(sharp, true, KERNELS[blur])))
    assert isinstance(result, Alignment)
    assert errors(result.homography, true).max() < 0.5
    assert result.displacement == pytest.approx(np.sqrt(np.mean(errors(true, np.eye(3)) ** 2)), abs=0.7)
    assert result.residual < 0.2


def test_a_resized_picture_is_not_displaced() -> None:
    """A sharp picture of twice the size lies where the blurred one lies."""
    sharp = photo()
    result = run_to_end(
        align(np.repeat(np.repeat(sharp, 2, axis=0), 2, axis=1), photograph_scene(sharp, np.eye(3), None))
    )
    assert isinstance(result, Alignment)
    assert result.displacement < 0.2


def test_what_moved_in_the_scene_is_left_over() -> None:
    """Two halves that are displaced by different amounts cannot be registered by one homography."""
    sharp = photo()
    torn = photograph_scene(sharp, displacing(x=6.0), KERNELS["defocus"])
    torn[:, 192:] = photograph_scene(sharp, displacing(y=-7.0), KERNELS["defocus"])[:, 192:]
    result = run_to_end(align(sharp, torn))
    assert isinstance(result, str) or result.residual > 1.0


def test_pictures_without_detail_cannot_be_measured() -> None:
    """The reason is given in words, never a made-up figure."""
    flat = np.full((200, 300, 3), 0.5, np.float32)
    assert run_to_end(align(flat, flat)) == "too few features match"
    strange = run_to_end(align(photo("astronaut"), photo("coffee")))
    assert isinstance(strange, str)


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    """One scene of the paper's layout with two displaced blurs."""
    sharp = photo()
    store(sharp, tmp_path / "data" / "sharp" / "7_CAM_S.png")
    for number, (folder, kind, blur) in enumerate(
        [("defocused_blurred", "F", "defocus"), ("motion_blurred", "M", "motion")]
    ):
        blurred = photograph_scene(sharp, displacing(angle=2.0, x=9.0 - 12 * number), KERNELS[blur])
        store(blurred, tmp_path / "data" / folder / f"7_CAM_{kind}.png")
    return tmp_path


def store(pixels: Pixels, path: Path) -> None:
    """Write a picture, and the folder it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image_io.write(Picture(pixels), path)


def test_registered_pairs_lie_on_each_other_and_are_found_again(scene: Path) -> None:
    """The blurred pixels are those of the file, cropped; the originals and their folder are as they were."""
    before = {path: path.read_bytes() for path in scene.rglob("*.png")}
    registered = run_to_end(register(find_pairs(scene / "data").pairs, scene / "out"))
    assert registered.left_out == []
    assert {path: path.read_bytes() for path in before} == before
    assert {path.name for path in scene.iterdir()} == {"data", "out"}
    pairs = find_pairs(scene / "out")
    assert pairs.unpaired == []
    assert {(pair.sharp, pair.blurred) for pair in pairs.pairs} == {(p.sharp, p.blurred) for p in registered.mended}
    for result in registered.results:
        assert result.mended is not None
        assert result.displacement is not None
        assert result.displacement > 3
        sharp, blurred = image_io.read(result.mended.sharp).pixels, image_io.read(result.mended.blurred).pixels
        assert sharp.shape == blurred.shape
        assert min(sharp.shape[:2]) > 330
        assert is_part(blurred, image_io.read(result.pair.blurred).pixels)
        left = run_to_end(align(sharp, blurred))
        assert isinstance(left, Alignment)
        assert left.displacement < 0.2


def is_part(part: Pixels, whole: Pixels) -> bool:
    """Return whether `part` is cut out of `whole`, pixel by pixel."""
    height, width = part.shape[:2]
    return any(
        np.array_equal(part, whole[y : y + height, x : x + width])
        for y in range(whole.shape[0] - height + 1)
        for x in range(whole.shape[1] - width + 1)
        if np.array_equal(part[0, 0], whole[y, x])
    )


def test_two_registered_blurs_of_a_scene_stay_one_scene(scene: Path) -> None:
    """Each has a sharp file of its own, and still both are held out together or not at all."""
    run_to_end(register(find_pairs(scene / "data").pairs, scene / "out"))
    arrays = run_to_end(load_pairs(find_pairs(scene / "out").pairs, 16))
    assert len(arrays) == 2
    assert len(set(arrays.scenes)) == 1


def test_pairs_that_cannot_be_registered_are_named(scene: Path) -> None:
    """With the figure or the reason; where none is left, no folder is made."""
    flat = scene / "data" / "motion_blurred" / "8_M.png"
    store(np.full((90, 90, 3), 0.5, np.float32), flat)
    broken = scene / "broken.png"
    broken.write_bytes(b"none")
    sharp = scene / "data" / "sharp" / "7_CAM_S.png"
    pairs = [*find_pairs(scene / "data").pairs, Pair(flat, sharp, "8"), Pair(broken, sharp, "9")]
    registered = run_to_end(register(pairs, scene / "out", limit=1e-6))
    sentences = [result.sentence for result in registered.left_out]
    assert len(sentences) == 4
    assert "px are left on" in sentences[0]
    assert "8 could not be registered: too few features match." in sentences
    assert "broken.png" in sentences[3]
    assert not registered.folder.exists()


def test_a_cancelled_registration_leaves_nothing(scene: Path) -> None:
    """The folder appears when all is done, or not at all."""
    task = register(find_pairs(scene / "data").pairs, scene / "out")
    while "motion" not in next(task).stage:  # the first pair is written then
        pass
    task.close()
    assert {path.name for path in scene.iterdir()} == {"data"}


def test_an_existing_folder_is_not_touched(scene: Path) -> None:
    """Not even to add to it."""
    with pytest.raises(DeblurError, match="there already"):
        run_to_end(register(find_pairs(scene / "data").pairs, scene / "data"))
    with pytest.raises(DeblurError, match="cannot be made"):
        run_to_end(register(find_pairs(scene / "data").pairs, scene / "none" / "out"))


def test_a_picture_that_shows_something_else_around_shares_too_little() -> None:
    """The area that both show is what is kept, and a sliver is not worth it."""
    from training.pair_doctor.registration import common_area

    frame = Picture(from_integer(np.zeros((100, 200, 3), np.uint8)))
    shifted = np.array([[1, 0, 30.5], [0, 1, -20], [0, 0, 1.0]])
    area = common_area(shifted, frame, frame)
    assert area == (slice(22, 100), slice(0, 167))
    assert common_area(np.array([[1, 0, 180.0], [0, 1, 0], [0, 0, 1]]), frame, frame) is None
