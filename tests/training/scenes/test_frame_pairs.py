"""Pairs of video frames: the mean in light of an odd number of them, and the one in their middle."""

import numpy as np
import pytest

from deblur_app.core import image_io
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from training.scenes.camera_curve import CameraCurve, SrgbCurve, read_curve
from training.scenes.frame_pairs import average_frames, make_frame_pairs

GAMMA = np.repeat((np.arange(256) / 255)[:, None] ** 2.2, 3, axis=1)


@pytest.fixture
def frames(tmp_path):
    """Nine frames in which a white square moves by 2 pixels each."""
    folder = tmp_path / "frames"
    folder.mkdir()
    for number in range(9):
        pixels = np.full((24, 48, 3), 0.2, np.float32)
        pixels[8:16, 4 + 2 * number : 12 + 2 * number] = 0.9
        image_io.write(Picture(pixels), folder / f"{number:03d}.png")
    return folder


def test_light_is_averaged_and_values_are_not():
    """Black and white give the value of half the light."""
    black, white = np.zeros((2, 2, 3), np.float32), np.ones((2, 2, 3), np.float32)

    mean = average_frames([black, white, white], SrgbCurve())

    assert mean == pytest.approx(float(linear_to_srgb(np.float32(2 / 3))), abs=1e-5)


def test_a_measured_curve_leads_to_light_and_back():
    """A gamma curve given as numbers does what gamma does."""
    values = np.random.default_rng(0).random((5, 6, 3)).astype(np.float32)
    curve = CameraCurve(GAMMA)

    assert curve.to_light(values) == pytest.approx(values**2.2, abs=2e-3)
    assert curve.to_values(curve.to_light(values)) == pytest.approx(values, abs=1e-4)


@pytest.mark.parametrize("count", [0, 2, 4])
def test_even_numbers_of_frames_have_no_middle(count):
    """They are refused."""
    with pytest.raises(DeblurError, match="odd number"):
        average_frames([np.zeros((2, 2, 3), np.float32)] * count, SrgbCurve())


def test_pairs_are_written_with_the_middle_frame_as_truth(frames, tmp_path):
    """Nine frames make three pairs of three."""
    out = tmp_path / "pairs"

    assert run_to_end(make_frame_pairs(frames, out, frames=3, count=5)) == 3

    sharp, blurred = (image_io.read(out / side / "004_3.png").pixels for side in ("sharp", "blurred"))
    each = [image_io.read(frames / f"{number:03d}.png").pixels for number in (3, 4, 5)]
    assert np.array_equal(sharp, each[1])
    assert srgb_to_linear(blurred) == pytest.approx(np.mean([srgb_to_linear(p) for p in each], axis=0), abs=0.005)


def test_pairs_are_halved_in_light(frames, tmp_path):
    """Reduced pairs have half the sides."""
    run_to_end(make_frame_pairs(frames, tmp_path / "half", frames=3, count=1, scale=0.5))

    assert image_io.read(next((tmp_path / "half" / "sharp").iterdir())).pixels.shape == (12, 24, 3)


def test_nothing_is_overwritten(frames, tmp_path):
    """A second call into the same folder is refused."""
    run_to_end(make_frame_pairs(frames, tmp_path / "pairs", frames=3, count=2))

    with pytest.raises(DeblurError, match="never overwritten"):
        run_to_end(make_frame_pairs(frames, tmp_path / "pairs", frames=3, count=2))


def test_too_few_frames_are_refused(frames, tmp_path):
    """Eleven of nine cannot be averaged."""
    with pytest.raises(DeblurError, match="too few"):
        run_to_end(make_frame_pairs(frames, tmp_path / "pairs", frames=11, count=1))


def test_curves_are_read_from_blue_to_red(tmp_path):
    """OpenCV writes blue first."""
    array = np.stack([np.arange(256.0), 2 * np.arange(256.0), 3 * np.arange(256.0)], axis=1)[:, None]
    np.save(tmp_path / "curve.npy", array)

    assert read_curve(tmp_path / "curve.npy").light[1].tolist() == [3.0, 2.0, 1.0]


@pytest.mark.parametrize(
    "array", [np.zeros(256), np.arange(255.0), np.array(["a"] * 256), -np.arange(256.0), np.full(256, np.nan)]
)
def test_files_that_are_no_curve_are_refused(tmp_path, array):
    """Whatever numbers or texts they hold."""
    np.save(tmp_path / "curve.npy", array)

    with pytest.raises(DeblurError, match="curve"):
        read_curve(tmp_path / "curve.npy")
