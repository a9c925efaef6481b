"""Training on realistic scenes, and the command that makes pairs of them."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from skimage import data

from deblur_app.blur.scene.draw import SHARES
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from tests.training.photos import write_parts
from training.cli import main as cli
from training.config.sections import Data
from training.fit.trainer import train
from training.runs.run import Run
from training.scenes.frame_pairs import make_frame_pairs


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    """Four parts of a photograph."""
    return write_parts(tmp_path_factory.mktemp("photos"), 4, 100, 96, (150, 270))


def settings(base, photos, **values):
    """Return settings of a restorer that learns from scenes in no time."""
    scenes = Data("scenes", photos=(str(photos),), steps_per_epoch=2, validation_crops=1, workers=0, **values)
    return replace(base, data=scenes)


def test_a_network_is_trained_on_scenes_and_judged_by_each_kind(tiny_restorer, photos, tmp_path):
    """The log tells the gain for every kind of scene."""
    run = run_to_end(train(settings(tiny_restorer, photos), [], Run(tmp_path / "run")))

    assert set(run.events("epoch")[0]["gains"]) == set(SHARES)


def test_a_network_that_needs_one_kernel_does_not_learn_from_scenes(tiny_restorer, photos):
    """Their blur is not the same everywhere."""
    with pytest.raises(DeblurError, match="varies over the frame"):
        settings(tiny_restorer, photos, deconvolved=True)


def test_the_command_makes_realistic_pairs(photos, tmp_path, capsys):
    """Photos, truths and the list of blurs."""
    arguments = ["make-pairs", str(photos), "--out", str(tmp_path / "out"), "--count", "2", "--scene"]

    assert cli.main(arguments) == 0
    assert capsys.readouterr().out == f"2 pairs in {tmp_path / 'out'}\n"
    assert (tmp_path / "out" / "blurs.csv").is_file()


def test_the_command_averages_frames(tmp_path, capsys):
    """With a measured curve, halved."""
    (tmp_path / "frames").mkdir()
    for number in range(3):
        Image.fromarray(data.astronaut()[: 32 + 0, number : number + 48]).save(tmp_path / "frames" / f"{number}.png")
    np.save(tmp_path / "curve.npy", np.linspace(0.0, 1.0, 256) ** 2.2)
    options = ["--frames", "3", "--curve", str(tmp_path / "curve.npy"), "--scale", "0.5"]

    assert (
        cli.main(["make-pairs", str(tmp_path / "frames"), "--out", str(tmp_path / "out"), "--count", "1", *options])
        == 0
    )
    assert capsys.readouterr().out.startswith("1 pairs")
    photos = {}
    for name, how in (("measured", {"curve": tmp_path / "curve.npy", "scale": 0.5}), ("sRGB", {"scale": 0.5})):
        run_to_end(make_frame_pairs(tmp_path / "frames", tmp_path / name, frames=3, count=1, **how))
    for name in ("out", "measured", "sRGB"):
        (photo,) = (tmp_path / name / "blurred").iterdir()
        photos[name] = image_io.read(photo).pixels
    assert photos["out"].shape == (16, 24, 3)
    assert np.array_equal(photos["out"], photos["measured"])
    assert not np.array_equal(photos["out"], photos["sRGB"])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--cutouts", "x"], "--cutouts belongs to --scene"),
        (["--scale", "0.5"], "--scale belong to --frames"),
        (["--scene", "--skip", "2"], "--skip belongs to pairs without --scene"),
    ],
)
def test_options_of_another_way_to_make_pairs_are_refused(photos, tmp_path, options, sentence, capsys):
    """The sentence says what belongs together."""
    assert cli.main(["make-pairs", str(photos), "--out", str(tmp_path / "out"), "--count", "1", *options]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
