"""Summaries that the combining network of the diagnosis learns from: what is told of the crops of realistic photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import blur_posterior
from deblur_app.blur.scene.draw import SHARES, SceneRanges
from deblur_app.core.task import Progress, Task
from deblur_app.engine.estimation.combination import SCALES, first_sizes, summarize_looks
from training.fit.diagnosis.combiner import Summaries
from training.fit.diagnosis.views import list_views, reduce_truth, shows_blur
from training.scenes.scene_crops import TILES, make_photo_crops
from training.scenes.scene_photo import make_scene_photo
from training.synthetic.photo_store import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from deblur_app.blur.blur_posterior import Row
    from deblur_app.blur.scene.layers import Cutout
    from deblur_app.blur.spectrum_features import Features
    from training.scenes.scene_crops import PhotoCrops

_FRAME = (512, 640)
"""Height and width in pixels of a scene at most."""

_LEAST_SIDE = 288
"""Short side in pixels of photographs at least."""

_SHARP_WEIGHT = 3.0
"""Weight of unblurred photos: people open many more of them than scenes have, and they must stay as they are."""

_PARTLY_SHARP, _PARTLY_SHARP_WEIGHT = 0.6, 0.25
"""Share of sharp small crops from which on a photo counts less, because a sharp thing before a background out of focus,
which nobody wants mended, looks alike."""

_HIDDEN_WEIGHT = 0.15
"""Weight of a view that is too small to show the blur of its photo, beside those that do."""

SHARPER: Mapping[str, float] = {**SHARES, "none": SHARES["none"] + 0.2, "enlarged": SHARES["enlarged"] + 0.05}
"""Shares in which the kinds of scenes are drawn: with more unblurred ones than in the training of the blur network."""


def summarize_photos(
    photos: Sequence[Path],
    predict: Callable[[Features], Row],
    *,
    count: int,
    seed: int,
    cutouts: Sequence[Cutout] = (),
    shares: Mapping[str, float] = SHARPER,
) -> Task[Summaries]:
    """Make realistic photos and return what the blur network tells of them.

    Args:
        photos: Files of sharp photographs, best of those that the blur network has not learnt from.
        predict: The blur network: spectra to one row of numbers for each crop.
        count: How many photos to make.
        seed: Equal seeds give equal photos.
        cutouts: Pictures that move in front of the photographs.
        shares: How often each kind of scene is drawn.

    Raises:
        DeblurError: A photograph cannot be read or is too small.
    """
    inputs, first, truths, weights, photo_numbers, visible = [], [], [], [], [], []
    for number in range(count):
        yield Progress(number / count, "Making realistic photos")
        pick = int(np.random.default_rng((seed, 9, number)).integers(len(photos)))
        pixels = decode(photos[pick], _LEAST_SIDE)
        ranges = SceneRanges(shares=shares)
        photo = make_scene_photo(pixels, (seed, number), cutouts=cutouts, ranges=ranges, frame=_FRAME)
        crops = make_photo_crops(photo)
        looks = split_looks(predict(crops.spectra), crops)
        side = min(photo.pixels.shape[:2])
        for view in list_views(looks, side, np.random.default_rng((seed, 11, number))):
            truth = reduce_truth(crops.photo_truth, view.reduction)
            is_visible = shows_blur(truth)
            inputs.append(summarize_looks(view.looks, view.side))
            first.append(first_sizes(view.looks))
            truths.append(truth)
            weights.append(_weight(crops) * view.weight * (1.0 if is_visible else _HIDDEN_WEIGHT))
            photo_numbers.append(number)
            visible.append(float(is_visible))
    return Summaries(
        np.stack(inputs),
        np.stack(first).astype(np.float32),
        np.stack(truths),
        np.array(weights, np.float32),
        np.array(photo_numbers),
        np.array(visible, np.float32),
    )


def split_looks(rows: Row, crops: PhotoCrops) -> list[Row | None]:
    """Return the numbers of all crops of a photo by the size of the photo, the small crops last."""
    parts = [rows[crops.scales == scale] for scale in (*SCALES, TILES)]
    return [look if len(look) else None for look in parts]


def _weight(crops: PhotoCrops) -> float:
    kind = blur_posterior.TYPES[int(crops.photo_truth[blur_posterior.TRUE_TYPE])]
    if kind == "none":
        return _SHARP_WEIGHT
    tiles = crops.truths[crops.scales == TILES, blur_posterior.TRUE_TYPE]
    is_partly_sharp = kind == "varies" and len(tiles) > 0 and float(np.mean(tiles == 0)) >= _PARTLY_SHARP
    return _PARTLY_SHARP_WEIGHT if is_partly_sharp else 1.0
