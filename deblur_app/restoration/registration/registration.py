"""Pictures of one scene, laid on one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import linear_to_srgb
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.restoration.registration.alignment import (
    FINE,
    align_grey,
    coverage_mask,
    reduce_picture,
    sharpness,
    warp,
)
from deblur_app.restoration.registration.local_shifts import estimate_kernel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.registration.alignment import Grey, Homography

_STILL = 0.1
"""Pixels below which two pictures count as lying on each other: resampling would cost more detail than it mends."""

_UNSURE = 2.0
"""Displacement, in units of what the homography leaves, up to which it is checked: it may be of the blur's making."""

_CLEARLY = 1.1
"""Factor by which the unexplained power must fall for such a displacement to be believed."""

_CHECK_SMOOTHING = 1.5
"""Gaussian sigma in pixels that what is unexplained gets: most of its noise goes."""

_MOST_LEFT = 1 / 400
"""Share of the long side of the frame that the homography may leave, as root mean square."""

_LEAST_SHARE = 0.5
"""Share of the frame that the other picture must cover."""


def check_same_size(lights: Sequence[Pixels]) -> None:
    """Refuse what cannot be pictures of one scene taken with one camera.

    Args:
        lights: Arrays of shape (height, width, channels), two or more.

    Raises:
        DeblurError: There are too few, or their sizes differ.
    """
    if len(lights) < 2:
        raise DeblurError(tr("This needs at least 2 pictures of one scene, not {count}. Add more.", count=len(lights)))
    for number, light in enumerate(lights[1:], start=2):
        if light.shape != lights[0].shape:
            raise DeblurError(
                tr(
                    "Picture {number} has {size} pixels and picture 1 has {size_2}: pictures of one "
                    "scene must have one size. Choose pictures from one camera, held the same way.",
                    number=number,
                    size=_size(light),
                    size_2=_size(lights[0]),
                )
            )


def brightness(light: Pixels) -> Grey:
    """Return the brightness by which pictures are compared: the grey picture, sRGB-encoded, in [0, 255]."""
    mean = np.ascontiguousarray(light[:, :, 0]) if light.shape[2] == 1 else cv2.cvtColor(light, cv2.COLOR_RGB2GRAY)
    return linear_to_srgb(mean.astype(np.float32, copy=False)) * np.float32(255.0)


def register_pictures(
    light: Pixels,
    onto: Pixels,
    *,
    names: tuple[str, str] = ("Picture 2", "picture 1"),
    alike: tuple[Pixels, Pixels] | None = None,
) -> Task[tuple[Pixels, NDArray[np.bool_]]]:
    """Lay one picture on another of the same scene.

    The camera may have moved, turned and come nearer a little, and either picture may be blurred.

    Args:
        light: Linear light of shape (height, width, channels); what is moved.
        onto: The same scene, same shape; what stays.
        names: How an error calls the two, at the start of a sentence and within one.
        alike: The two made equally blurred, where their blurs are known: these are compared then.

    Returns:
        `light` as it lies on `onto`, and where it does: shape (height, width). Elsewhere its border is continued.

    Raises:
        DeblurError: They cannot be laid on each other.
    """
    here, there = alike or (light, onto)
    homography = yield from _displacement(brightness(here), brightness(there), names)
    if homography is None:
        return light, np.ones(light.shape[:2], np.bool_)
    yield Progress(0.9, tr("Registering"))
    laid = warp(light, homography, onto.shape).reshape(onto.shape)
    inside = coverage_mask(laid[:, :, 0], homography, onto.shape) > 0
    return laid, inside


def _displacement(light: Grey, onto: Grey, names: tuple[str, str]) -> Task[Homography | None]:
    """Return the homography from points of `onto` to `light`; None where they lie on each other already."""
    is_sharper = sharpness(light) >= sharpness(onto)
    alignment = yield from align_grey(*((light, onto) if is_sharper else (onto, light)))
    if isinstance(alignment, str):
        raise DeblurError(_refusal(names, alignment))
    homography = alignment.homography if is_sharper else np.linalg.inv(alignment.homography)
    longest = max(onto.shape)
    if alignment.residual > max(longest * _MOST_LEFT, 2.0):
        raise DeblurError(
            _refusal(names, tr("{residual:.1f} px are left after turning and moving it", residual=alignment.residual))
        )
    if (coverage_mask(light, homography, onto.shape) > 0).mean() < _LEAST_SHARE:
        raise DeblurError(_refusal(names, tr("they share less than half of the frame")))
    if alignment.displacement < max(_STILL, alignment.residual / 2):
        return None
    yield Progress(0.95, tr("Checking the displacement"))
    if alignment.displacement < _UNSURE * alignment.residual:
        pair = (light, onto, homography) if is_sharper else (onto, light, np.linalg.inv(homography))
        return homography if _is_displaced(*pair) else None
    return homography


def _is_displaced(sharp: Grey, blurred: Grey, homography: Homography) -> bool:
    """Return whether `sharp`, moved and under its best blur then, is clearly more like `blurred` than unmoved.

    Where both are blurred in different directions, the places of details in them differ though nothing moved.
    """
    (still, _), (reduced_blurred, _) = reduce_picture(sharp, FINE), reduce_picture(blurred, FINE)
    moved, _ = reduce_picture(warp(sharp, homography, blurred.shape), FINE)
    return _residual_energy(still, reduced_blurred) > _CLEARLY * _residual_energy(moved, reduced_blurred)


def _residual_energy(sharp: Grey, blurred: Grey) -> float:
    """Return the mean square of what no blur makes of `sharp`."""
    side = min(blurred.shape)
    kernel = estimate_kernel(sharp, blurred, min(side // 10, 40))
    expected = cv2.filter2D(sharp, cv2.CV_32F, np.ascontiguousarray(kernel[::-1, ::-1]))
    rim = max(side // 20, 1)
    residual = cv2.GaussianBlur(expected - blurred, (0, 0), _CHECK_SMOOTHING)[rim:-rim, rim:-rim]
    return float(np.mean(residual * residual))


def _refusal(names: tuple[str, str], reason: str) -> str:
    return tr(
        "{names} cannot be laid on {names_2}: {reason}. Choose pictures of one scene, taken from one place.",
        names=names[0],
        names_2=names[1],
        reason=reason,
    )


def _size(light: Pixels) -> str:
    return f"{light.shape[1]} × {light.shape[0]}"
