"""Realistic photos made of sharp ones, with their truths and true blurs."""

import csv

import numpy as np
import pytest

from deblur_app.blur.scene.draw import SHARES, SceneRanges
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from training.scenes.scene_pairs import make_scene_pairs
from training.scenes.scene_photo import make_scene_photo, read_cutouts


def photograph(seed=0):
    """Return a photograph with edges, uint8 of shape (320, 400, 3)."""
    random = np.random.default_rng(seed)
    return np.kron(random.integers(20, 235, (20, 25, 3)), np.ones((16, 16, 1))).astype(np.uint8)


def scene(kind, seed=0):
    """Return a photo of one kind of scene."""
    return make_scene_photo(photograph(), (seed,), ranges=SceneRanges(shares={kind: 1.0}))


@pytest.fixture
def photos(tmp_path):
    """A folder of two photographs."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(2):
        image_io.write(Picture(photograph(number).astype(np.float32) / 255), folder / f"{number}.png")
    return folder


@pytest.mark.parametrize("kind", sorted(SHARES))
def test_photos_repeat_bit_for_bit_and_fit_their_truths(kind):
    """Each kind of scene, twice."""
    one, other = (scene(kind) for _ in range(2))

    assert np.array_equal(one.pixels, other.pixels)
    assert one.pixels.shape == one.truth.shape
    assert one.kind == kind


def test_pairs_are_written_with_a_list_of_their_blurs(photos, tmp_path):
    """Photographs serve again where there are fewer."""
    out = tmp_path / "pairs"

    assert run_to_end(make_scene_pairs(photos, out, count=3)) == 3

    with (out / "blurs.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    assert all((out / side / row["file"]).is_file() for row in rows for side in ("sharp", "blurred"))
    assert all(row["type"] in {*SHARES} - {"enlarged"} for row in rows)
    with pytest.raises(DeblurError, match="never overwritten"):
        run_to_end(make_scene_pairs(photos, out, count=3))


def test_cutouts_have_transparency(photos, tmp_path):
    """A folder of photographs without it is refused."""
    with pytest.raises(DeblurError, match="transparency"):
        read_cutouts(photos)
    image_io.write(Picture(np.ones((8, 8, 3), np.float32), alpha=np.eye(8, dtype=np.float32)), tmp_path / "one.png")
    assert read_cutouts(tmp_path)[0].shape == (8, 8, 4)
