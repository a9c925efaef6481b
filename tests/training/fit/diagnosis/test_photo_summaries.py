"""The fit of the network that combines the crops of a photo."""

import numpy as np
import pytest
from PIL import Image
from skimage import data

from deblur_app.blur import blur_posterior
from deblur_app.core.task import run_to_end
from deblur_app.engine.estimation.combination import OUTPUTS
from training.fit.diagnosis.combiner import Summaries, fit_combiner, fit_temperature
from training.fit.diagnosis.photo_summaries import summarize_photos


def predict(spectra):
    """Return what a network tells that always sees a defocus of 4 pixels."""
    rows = np.zeros((len(spectra), blur_posterior.NUMBERS), np.float32)
    rows[:, blur_posterior.TYPES.index("defocus")] = 3.0
    rows[:, blur_posterior.LOG_SIZES] = np.log(4.0)
    return rows


def test_photos_are_made_and_summarized(tmp_path):
    """Rows for each photo, the whole first; a sharp one counts three times, one that its camera enlarged does not."""
    Image.fromarray(data.astronaut()[:320, :360]).save(tmp_path / "one.png")
    paths = [tmp_path / "one.png"]

    summaries = run_to_end(summarize_photos(paths, predict, count=4, seed=1, shares={"none": 1.0}))

    whole = summaries.select(summaries.is_whole)
    types = [blur_posterior.TYPES[int(row[blur_posterior.TRUE_TYPE])] for row in whole.truths]
    assert set(types) == {"none", "enlarged"}
    assert whole.weights.tolist() == [4.5 if name == "none" else 1.5 for name in types]
    assert whole.inputs.shape[0] == whole.first.shape[0] == 4
    assert len(summaries.inputs) > 8
    assert summaries.visible.min() == 1.0
    assert np.exp(summaries.first).min() >= 4.0 - 1e-3


def test_views_of_one_photo_are_told_more_alike_where_that_is_asked_for():
    """Of photos whose views each miss one of the inputs that tell the type."""
    random = np.random.default_rng(0)
    kinds = np.repeat(random.integers(0, 3, 150), 3)
    inputs = (np.eye(3)[kinds] + 0.4 * random.standard_normal((450, 3))).astype(np.float32)
    truths = np.zeros((450, blur_posterior.TRUTHS), np.float32)
    truths[:, blur_posterior.TRUE_TYPE] = kinds
    summaries = Summaries(inputs, np.zeros((450, 4), np.float32), truths, photos=np.repeat(np.arange(150), 3))

    combiner = fit_combiner(summaries, epochs=20)

    types = np.stack([combiner(row) for row in inputs])[:, : len(blur_posterior.TYPES)].argmax(axis=1)
    assert summaries.is_whole.sum() == 150
    assert np.mean(types == kinds) > 0.8


def test_a_combiner_learns_which_input_tells_the_type():
    """Of 200 photos whose type is in their first inputs."""
    random = np.random.default_rng(0)
    kinds = random.integers(0, 3, 200)
    inputs = (np.eye(3)[kinds] + 0.1 * random.standard_normal((200, 3))).astype(np.float32)
    truths = np.zeros((200, blur_posterior.TRUTHS), np.float32)
    truths[:, blur_posterior.TRUE_TYPE] = kinds
    summaries = Summaries(inputs, np.zeros((200, 4), np.float32), truths)

    combiner = fit_combiner(summaries, epochs=30)

    outputs = np.stack([combiner(row) for row in inputs])
    assert outputs.shape == (200, OUTPUTS)
    assert np.mean(outputs[:, : len(blur_posterior.TYPES)].argmax(axis=1) == kinds) > 0.9
    assert fit_temperature(combiner, summaries) == pytest.approx(0.5, abs=0.5)
