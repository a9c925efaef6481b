"""Crops of means of video frames are formed in light, with the frame in the middle as the truth."""

import numpy as np
import pytest

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture
from training.scenes.frame_crops import load_frames


@pytest.fixture
def paths(tmp_path):
    """Seven frames of 16 × 16, the third of which is white and the others black."""
    for number in range(7):
        image_io.write(Picture(np.full((16, 16, 3), float(number == 3), np.float32)), tmp_path / f"{number}.png")
    return sorted(tmp_path.glob("*.png"))


def test_light_is_averaged_and_the_middle_frame_is_the_truth(paths):
    """A flash in one frame of n leaves 1/n of its light."""
    frames = load_frames(paths, None, 1.0)
    pairs = [frames.pair(8, np.random.default_rng(seed)) for seed in range(40)]

    flashes = {3: 156, 5: 124, 7: 106}  # sRGB of 1/3, 1/5 and 1/7
    levels = {int(blurred[0, 0, 0]) for blurred, _ in pairs}
    assert levels == {0, *flashes.values()}
    assert {int(sharp[0, 0, 0]) for blurred, sharp in pairs if blurred.any()} == {0, 255}


def test_frames_are_reduced(paths):
    """To half their size."""
    blurred, sharp = load_frames(paths, None, 0.5).pair(8, np.random.default_rng(0))

    assert blurred.shape == sharp.shape == (8, 8, 3)


def test_two_frames_are_too_few(paths):
    """There is no middle."""
    with pytest.raises(DeblurError, match="three or more"):
        load_frames(paths[:2], None, 1.0)
