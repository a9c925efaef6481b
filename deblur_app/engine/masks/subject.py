"""The thing in a rectangle of a photo, told from what is around it by its colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.picture import resize_pixels, to_uint8

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels
    from deblur_app.engine.masks.mask import Subject

_SIDES = 200, 400, 800
"""Pixels of the longer side of the copies that GrabCut works on. Its time grows faster than the pixels (0.8 s at 200,
20 s at 800), so that the finer copies only move the edge that was found in the coarser one."""

_ROUNDS = 3
"""Iterations of GrabCut in the coarsest copy; more change little."""

_BAND = 4
"""Pixels on either side of an edge in which it may move, in the finer copy."""

_ALL = (0, 0, 1, 1)
"""A rectangle that OpenCV asks for and does not use, where there are labels."""

_SOFTEST = 0.01
"""The feather of a subject of hardness 0, as a share of the photo's longer side."""


def find_subject(pixels: Pixels, subject: Subject, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return the weights of the thing in a rectangle, by GrabCut; zero outside the rectangle.

    Rother, Kolmogorov and Blake, “GrabCut: interactive foreground extraction using iterated graph cuts”, 2004.

    Args:
        pixels: The photo, float32 (height, width, 3).
        subject: The rectangle, and the hardness of the edge.
        size: Columns and rows of the weights.
    """
    colours = np.zeros((1, 65)), np.zeros((1, 65))  # of the ground and of the thing, as OpenCV keeps them
    labels = _cut_first(_reduce(pixels, _SIDES[0]), subject, colours)
    for side in _SIDES[1:]:
        copy = _reduce(pixels, side)
        if copy.shape[:2] != labels.shape:
            labels = _refine(copy, labels, colours)
    cover = cv2.resize(labels.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
    return _feather(np.where(cover > 0.5, 255, 0).astype(np.uint8), (1 - subject.hardness) * _SOFTEST * max(size))


def _reduce(pixels: Pixels, side: int) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    factor = min(side / max(width, height), 1.0)
    small = resize_pixels(pixels, max(round(width * factor), 1), max(round(height * factor), 1))
    return np.ascontiguousarray(to_uint8(small)[..., ::-1])


def _cut_first(
    copy: NDArray[np.uint8], subject: Subject, colours: tuple[NDArray[np.float64], NDArray[np.float64]]
) -> NDArray[np.uint8]:
    """Return 1 where the thing is, else 0; the rectangle where there is nothing to tell it by."""
    height, width = copy.shape[:2]
    left, top, right, bottom = (
        min(max(round(share * length), 0), length)
        for share, length in zip(subject.rectangle, (width, height, width, height), strict=True)
    )
    inside = np.zeros((height, width), np.uint8)
    inside[top:bottom, left:right] = cv2.GC_PR_FGD
    if (
        inside.all() or (inside > 0).sum() < 4 or len(np.unique(copy.reshape(-1, 3), axis=0)) < 10
    ):  # GrabCut looks for five colours of each
        return (inside > 0).astype(np.uint8)
    cv2.setRNGSeed(0)  # the same result each time
    labels, *_ = cv2.grabCut(copy, inside, _ALL, *colours, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    return _things_of(labels)


def _refine(
    copy: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    colours: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.uint8]:
    """Return the labels in a finer copy, where only what is near an edge may change."""
    size = copy.shape[1::-1]
    thing = (cv2.resize(labels.astype(np.float32), size, interpolation=cv2.INTER_LINEAR) > 0.5).astype(np.uint8)
    if thing.all() or not thing.any():
        return thing
    around = np.ones((2 * _BAND + 1, 2 * _BAND + 1), np.uint8)
    state = np.where(thing > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    state[cv2.erode(thing, around) > 0] = cv2.GC_FGD
    state[cv2.dilate(thing, around) == 0] = cv2.GC_BGD
    refined, *_ = cv2.grabCut(copy, state, _ALL, *colours, 1, cv2.GC_EVAL_FREEZE_MODEL)
    return _things_of(refined)


def _things_of(labels: object) -> NDArray[np.uint8]:
    """Return 1 where OpenCV's labels say the thing or probably the thing, else 0."""
    return np.bitwise_and(np.asarray(labels, np.uint8), 1, dtype=np.uint8)


def _feather(cover: NDArray[np.uint8], feather: float) -> NDArray[np.uint8]:
    """Return weights that fade within `feather` cells inside of the edge, and are zero where they were."""
    reach = round(feather / 2)
    if reach < 1:
        return cover
    side = 2 * reach + 1
    inner = cv2.erode(cover, cv2.getStructuringElement(cv2.MORPH_RECT, (side, side)))
    return np.asarray(cv2.GaussianBlur(inner, (side, side), reach / 2), np.uint8)
