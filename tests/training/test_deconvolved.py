"""Training on what deconvolution makes of crops: pairs whose kernel is known, or nearly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

import training
from deblur_app.blur.kinds import Blur
from deblur_app.core import metrics
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.networks import weights
from training.batches import synthetic_pairs
from training.config.config import TrainingConfig, read_config
from training.config.sections import Data, Learning, Network
from training.fit.trainer import train
from training.reports.report import write_report
from training.runs.run import Run
from training.synthetic.crop_pair import make_pair
from training.synthetic.pair_stream import open_synthetic_pairs
from training.synthetic.psf_errors import perturb_kernel
from training.synthetic.recipe import Recipe

PHOTO = data.astronaut()[:160, 120:300]
RECIPE = Recipe(side=64, batch_size=2, noise=(0.0, 0.005), jpeg_share=0.0, is_deconvolved=True, exact_share=1.0)


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    """Of two pictures in uint8."""
    return metrics.psnr(from_integer(one), from_integer(other))


def test_the_quiet_picture_is_nearer_to_the_truth_than_the_photograph() -> None:
    """On the average over crops of all kinds of blur: the crop comes behind two pictures that undo its blur."""
    quiet, photographed = [], []
    for number in range(8):
        blurred, sharp = make_pair(lambda _: PHOTO, 1, RECIPE, number)
        assert blurred.shape == (64, 64, 9)
        assert sharp.shape == (64, 64, 3)
        quiet.append(psnr(blurred[..., :3], sharp))
        photographed.append(psnr(blurred[..., 6:], sharp))
    assert np.mean(quiet) > np.mean(photographed) + 2.0


def test_a_wrong_kernel_makes_it_worse_but_not_the_photograph() -> None:
    """The photo does not depend on the kernel that deconvolves it."""
    wrong = replace(RECIPE, exact_share=0.0, kernel_error=(0.3, 0.3))
    right_ones = [make_pair(lambda _: PHOTO, 1, RECIPE, number) for number in range(8)]
    wrong_ones = [make_pair(lambda _: PHOTO, 1, wrong, number) for number in range(8)]
    for (right, _), (other, _) in zip(right_ones, wrong_ones, strict=True):
        assert np.array_equal(right[..., 6:], other[..., 6:])
    gains = [np.mean([psnr(b[..., :3], s) for b, s in pairs]) for pairs in (right_ones, wrong_ones)]
    assert gains[0] > gains[1] + 0.5


def test_processes_make_the_same_crops_with_their_guides(tmp_path: Path) -> None:
    """As one process does: nine channels pass through the shared memory unchanged."""
    for number in range(2):
        Image.fromarray(PHOTO[number * 8 :]).save(tmp_path / f"{number}.png")
    paths = sorted(tmp_path.iterdir())
    batches = []
    for workers in (0, 1):
        with run_to_end(open_synthetic_pairs(paths, RECIPE, workers=workers)) as pairs:
            batches.append(next(pairs))
    for one, other in zip(*batches, strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize(
    ("kind", "values"),
    [("motion", {"length": 12.0, "angle": 30.0}), ("defocus", {"radius": 4.0}), ("shake", {"extent": 11.0})],
)
def test_a_mistaken_kernel_is_one_and_grows_worse_with_the_error(kind: str, values: dict[str, float]) -> None:
    """Without error it is the true one; it always sums to 1 and is no less than 0."""
    blur = Blur(kind, values)

    def distances(error: float) -> float:
        total = 0.0
        for seed in range(6):
            kernel, true = perturb_kernel(blur, error, np.random.default_rng(seed)), blur.kernel()
            assert kernel.min() >= 0.0
            assert kernel.sum() == pytest.approx(1.0, abs=1e-5)
            room = max(len(kernel), len(true))
            one, other = (np.pad(each, (room - len(each)) // 2) for each in (kernel, true))
            total += float(np.abs(one - other).sum())
        return total

    assert distances(0.0) == pytest.approx(0.0, abs=1e-4)
    assert 0.0 < distances(0.03) < distances(0.2)


def test_a_network_for_known_blurs_is_trained_written_and_reported(tmp_path: Path) -> None:
    """Its card says that it takes three pictures, and the report shows the photograph as the input."""
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(4):
        Image.fromarray(PHOTO[number * 16 : number * 16 + 80, :90]).save(photos / f"{number}.png")
    config = TrainingConfig(
        epochs=1, batch_size=2, validation_share=0.34, precision="float32", device="cpu",
        network=Network("restorer", side=16, widths=(4,), blocks=(1,)),
        learning=Learning("adamw", schedule="cosine", loss="charbonnier"),
        data=Data(
            source="synthetic", photos=(str(photos),), steps_per_epoch=2, blurs={"defocus": {"radius": (1.0, 2.0)}},
            sharp_share=0.2, validation_crops=2, workers=0, deconvolved=True,
        ),
    )  # fmt: skip
    run = run_to_end(train(config, [], Run(tmp_path / "run")))
    card = weights.read_card(run.card)
    assert card.parameters["pictures"] == 3
    assert weights.load(run.card)[0].inputs[0].shape[-1] == 9
    assert card.do_nothing["val_psnr"] > 0
    assert run_to_end(write_report(run)).is_file()


def test_what_deconvolution_needs_is_asked_for() -> None:
    """Only the restorer takes its pictures, and only synthetic pairs have a known kernel."""
    with pytest.raises(DeblurError, match="Only the restorer"):
        TrainingConfig(data=Data(source="synthetic", deconvolved=True))
    with pytest.raises(DeblurError, match="Kernel error"):
        Data(kernel_error=(0.1, 0.9))


def test_the_bundled_settings_for_known_blurs_can_be_trained() -> None:
    """They are those of the blind restorer but for what comes of deconvolution."""
    configs = Path(training.__path__[0]) / "configs"
    blind, guided = (read_config(configs / name) for name in ("restorer.toml", "restorer_psf.toml"))
    assert guided.data.pictures == 3
    assert synthetic_pairs.recipe_of(guided).is_deconvolved
    assert guided.network == blind.network
    assert guided.data.blurs == blind.data.blurs
