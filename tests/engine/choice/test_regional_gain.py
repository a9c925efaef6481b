"""A kernel is taken where its result is the better one, place by place."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from skimage.data import astronaut

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.engine.choice import regional_gain
from deblur_app.restoration.deconvolution.hyper_laplacian import sparse

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels

CAMERA = Blur("shake", {"extent": 11.0, "seed": 5})
SUBJECT = Blur("motion", {"length": 15.0, "angle": 75.0})


@pytest.fixture(scope="module")
def results() -> tuple[Pixels, Pixels, Pixels]:
    """A photo whose right half moved otherwise, undone by the camera's kernel all over, and a little sharpened."""
    sharp = from_integer(np.ascontiguousarray(astronaut()[:240, 60:444]))
    ground, subject = (run_to_end(degrade(sharp, Degradation(blur, noise=0.005))) for blur in (CAMERA, SUBJECT))
    photo = ground.copy()
    photo[:, 192:] = subject[:, 192:]
    restored = linear_to_srgb(run_to_end(sparse(srgb_to_linear(photo), CAMERA.kernel(), regularisation=2e-3)))
    blind = np.clip(photo + 0.5 * (photo - cv2.GaussianBlur(photo, (0, 0), 2.0)), 0.0, 1.0)
    return photo, np.clip(restored, 0.0, 1.0), blind


def test_the_kernel_counts_less_where_something_moved_by_itself(results: tuple[Pixels, Pixels, Pixels]) -> None:
    """Than where the camera alone did; weights are looked at before they are cut off, about the middle of all."""
    model = regional_gain.load_regional_model()
    features = regional_gain.measure_features(*results, side=len(CAMERA.kernel()))
    usual = features.reshape(-1, features.shape[2]).mean(axis=0)
    weights = replace(model, mean=usual, offset=0.5, coefficients=model.coefficients * 0.2).weigh(features)

    columns = weights.shape[1]
    assert weights[3:-3, 3 : columns // 2 - 3].mean() > weights[3:-3, columns // 2 + 3 : -3].mean() + 0.02


def test_the_map_covers_the_photo(results: tuple[Pixels, Pixels, Pixels]) -> None:
    """With shares."""
    trust = regional_gain.find_trust_of_results(*results, side=len(CAMERA.kernel()))
    assert trust.box == (0.0, 0.0, 384.0, 240.0)
    assert trust.values.shape == (30, 48)
    assert 0.0 <= trust.values.min() <= trust.values.max() <= 1.0


def test_results_that_agree_may_be_told_apart_by_nothing(results: tuple[Pixels, Pixels, Pixels]) -> None:
    """Equal results, and even ones, give weights that are numbers."""
    photo = results[0]
    for same in (photo, np.full_like(photo, 0.5), np.zeros_like(photo)):
        values = regional_gain.find_trust_of_results(same, same, same, side=9).values
        assert np.isfinite(values).all()
        assert 0.0 <= values.min() <= values.max() <= 1.0


def test_a_photo_with_large_kernels_is_looked_at_reduced(results: tuple[Pixels, Pixels, Pixels]) -> None:
    """So that features mean the same: a photo twice as large has as many cells as the photo."""
    larger = tuple(cv2.resize(each, (768, 480), interpolation=cv2.INTER_CUBIC) for each in results)
    usual, twice = (regional_gain.measure_features(*each, side) for each, side in ((results, 21), (larger, 42)))

    assert usual.shape == twice.shape
    assert np.abs(usual - twice).mean() < 0.15


def test_a_combination_is_read_as_it_was_written(tmp_path: Path) -> None:
    """And weights stay shares, however far the features go."""
    model = regional_gain.load_regional_model()
    values = {name: getattr(model, name).tolist() for name in ("mean", "deviation", "coefficients")}
    (tmp_path / "model.json").write_text(json.dumps({**values, "offset": model.offset}))
    read = regional_gain.read_regional_model(tmp_path / "model.json")

    features = np.full((2, 3, len(model.mean)), 1e3, np.float32)
    np.testing.assert_array_equal(read.weigh(features), model.weigh(features))
    assert replace(read, offset=-1e9).weigh(features).max() == 0.0
