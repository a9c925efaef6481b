"""Make a kernel of what a file shows: take off a background, turn a negative round, refuse what cannot be a PSF.

A point spread function that was photographed, scanned or saved as JPEG lies on a grey that is no light of the point:
sky, the offset of a camera, paper. Counted as light it weighs more than the spot, as it covers the whole square.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    type Values = NDArray[np.float64]

_LEAST_SIDE = 7
"""Sides in pixels below which nothing is judged: a kernel that small may fill its array, such as a 3 × 3 box."""

_LEAST_SHARE = 0.005
"""Share of all light from which on a constant background is worth taking off."""

_LEVEL = 1e-3
"""Differences of levels, in shares of the brightest value, that count as none."""

_STEP = 1.5 / 255
"""By how much the levels of two rims of one background may differ where JPEG rounded its blocks."""

_SLOPING = 0.5
"""Spread of the rim about a plane, over that about its level, below which the background is brighter at one side."""

_SPOT, _EDGE = 6.0, 2.0
"""Standard deviations, of means over 3 × 3 pixels, by which a spot stands out somewhere and reaches out to."""

_LARGEST = 0.5
"""Share of the square that the dark spot of a negative covers at most."""

_LIT_RIM = 0.85
"""Mean of the rim over that of the whole from which on nothing stands out."""

_FLAT = 1.5
"""Brightest value over the mean below which numbers are a box blur that fills its array."""

_NEGATIVE_SHARE = 0.05
"""Depth of negative values, in shares of the brightest, up to which they are rounding, ringing or noise."""

_DEEPEST = 1e6
"""Depth of negative values, in shares of the brightest, beyond which nothing else is looked at: quotients overflow."""

_NEGLIGIBLE = 1e-3
"""Depth of negative values, in shares of the brightest, that is not worth a word."""

_NOISIEST = 0.1
"""Spread of a background's noise over the height of the spot, at most; what varies more is no background."""

_COLOURED = 0.05
"""Light that lies elsewhere in a channel than in their mean, in shares of all, from which on channels differ."""

_FAINTEST = 0.1
"""Brightest value of a channel, over that of the brightest channel, from which on it tells something."""


@dataclass(frozen=True)
class _Rim:
    """The level of the outermost pixels, their spread without outliers, and the share that keeps to the level."""

    level: float
    spread: float
    share: float


def clean(values: Values, name: str, *, is_computed: bool = False) -> tuple[Values, str]:
    """Return the light of a point spread function without what is none of it, and what was done, in sentences.

    Args:
        values: What a file holds: shape (height, width) or (height, width, 3), finite, somewhere above 0.
        name: The file, for the sentences.
        is_computed: Whether they are numbers, not a picture: then an even array is a box blur.

    Returns:
        Values of at least 0, brightest 1; of two dimensions where the channels tell the same; and sentences for the
        user, "" where the values were taken as they are.

    Raises:
        DeblurError: They cannot be a point spread function; the text says why.
    """
    brightest = float(values.max())
    if -float(values.min()) > _DEEPEST * brightest:
        raise _no_psf(name, tr("its negative values are far deeper than its brightest one is bright"))
    values = values / brightest
    notes = []
    if min(values.shape[:2]) >= _LEAST_SIDE:
        values, note = _on_black(values, name, is_computed=is_computed)
        notes.append(note)
    values, note = _without_negatives(values, name)
    notes.append(note)
    values, note = _by_channel(values, name)
    notes.append(note)
    return values, " ".join(note for note in notes if note)


def _on_black(values: Values, name: str, *, is_computed: bool) -> tuple[Values, str]:
    """Return the values with their background at 0, a negative inverted, and the note for the user."""
    values = values if is_computed else _remove_slope(values)
    grey, note = _grey(values), ""
    rim = _rim(grey, 0)
    if is_computed and grey.max() < _FLAT * grey.mean():
        return values, ""
    if np.ptp(grey) <= _LEVEL:
        raise _no_psf(name, tr("it is the same grey everywhere"))
    if _is_negative(grey, rim):
        values, note = (
            _subtract_background(1.0 - values, name),
            tr("The PSF “{name}” is dark on bright, a negative: it was inverted.", name=name),
        )
    elif _is_background(grey, rim, _LEVEL if is_computed else _STEP):
        values, note = _subtract_background(values, name), _note_of_background(rim, grey, name)
    if _lit_rim(_grey(values)) > _LIT_RIM:
        raise _no_psf(name, tr("its rim is as bright as its middle"))
    return values, note


def _remove_slope(values: Values) -> Values:
    """Return the values without the slope of their background, such as that of a sky at the horizon.

    The plane is that of the rim, without what light crosses it (least squares, outliers left out step by step).
    """
    grey = _grey(values)
    rows, columns = (np.linspace(-1.0, 1.0, side) for side in grey.shape)
    planes = np.dstack([np.ones_like(grey), *np.broadcast_arrays(rows[:, None], columns[None, :])])
    ring, basis = _ring(grey, 0), np.column_stack([_ring(plane, 0) for plane in np.moveaxis(planes, 2, 0)])
    near = ring <= np.quantile(ring, 0.9)
    for _ in range(4):
        fitted = np.linalg.lstsq(basis[near], ring[near], rcond=None)[0]
        off = np.abs(ring - basis @ fitted)
        near = off <= 3.0 * off[near].std() + _LEVEL
    slope = planes[..., 1:] @ fitted[1:]
    is_plane = near.mean() >= 0.8 and off[near].std() < _SLOPING * ring[near].std()
    if not is_plane or np.ptp(slope) <= 2.0 * _STEP or np.ptp(slope) > float(grey.max()) - float(np.median(ring)):
        return values
    return values - (slope if values.ndim == 2 else slope[:, :, None])


def _note_of_background(rim: _Rim, grey: Values, name: str) -> str:
    level = rim.level / float(grey.max())
    if level < _LEVEL:
        return tr("The PSF “{name}” has noise around its spot, which was taken off.", name=name)
    return tr(
        "The PSF “{name}” has a grey background, {level:.1%} of its brightest point, which was taken off.",
        name=name,
        level=level,
    )


def _lit_rim(grey: Values) -> float:
    """Return the mean of the outermost pixels over that of all."""
    light = np.clip(grey, 0.0, None)
    return float(_ring(light, 0).mean() / light.mean())


def _no_psf(name: str, reason: str) -> DeblurError:
    return DeblurError(
        tr(
            "“{name}” cannot be a PSF: {reason}. A PSF shows a bright spot or trace, what became of one point of "
            "light, "
            "with dark around it.",
            name=name,
            reason=reason,
        )
    )


def _is_negative(grey: Values, rim: _Rim) -> bool:
    """Return whether a dark spot lies on a constant bright rim."""
    smooth = _smooth(grey)
    below, above = rim.level - float(smooth.min()), float(smooth.max()) - rim.level
    if rim.share < 0.5 or below < max(2.0 * above, rim.spread / _NOISIEST, 0.1):
        return False
    return bool(np.mean(smooth < rim.level - 0.5 * below) < _LARGEST)


def _is_background(grey: Values, rim: _Rim, step: float) -> bool:
    """Return whether the rim is evenly lit, as deep as it goes, by enough to matter.

    A wide kernel that its array cuts off is brighter one step further in, by more than `step`.
    """
    inner = _rim(grey, max(min(grey.shape) // 10, 1))
    is_even = abs(inner.level - rim.level) <= step + rim.spread <= step + _NOISIEST * (grey.max() - rim.level)
    total = float(np.abs(grey).sum())
    matters = abs(rim.level) * grey.size > _LEAST_SHARE * total or rim.spread > _LEVEL
    return bool(rim.share >= 0.4 and is_even and matters)


def _subtract_background(values: Values, name: str) -> Values:
    """Return the values over the level of their rim, channel by channel, and 0 where nothing stands out."""
    planes = np.dstack([values])
    above = np.dstack([plane - _rim(plane, 0).level for plane in np.moveaxis(planes, 2, 0)])
    grey = _grey(above)
    rim = _rim(grey, 0)
    smooth, noise = _smooth(grey), rim.spread / 3.0
    reaches = smooth > rim.level + max(_EDGE * noise, _LEVEL)
    _, labels = cv2.connectedComponents(reaches.astype(np.uint8), connectivity=8)
    sure = np.unique(labels[reaches & (smooth > rim.level + max(_SPOT * noise, _LEVEL))])
    if not len(sure):
        raise _no_psf(name, tr("no spot stands out of its noise"))
    mask = cv2.dilate(np.isin(labels, sure).astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.bool_)
    above = np.clip(above, 0.0, None) * mask[:, :, None]
    return np.asarray((above / above.max()).reshape(values.shape), np.float64)


def _without_negatives(values: Values, name: str) -> tuple[Values, str]:
    depth = max(-float(values.min()), 0.0)
    if depth > _NEGATIVE_SHARE:
        raise _no_psf(name, tr("it has negative values, down to {depth:.0%} of its brightest one", depth=depth))
    note = tr("The PSF “{name}” has small negative values, which count as 0.", name=name) if depth > _NEGLIGIBLE else ""
    return np.clip(values, 0.0, None), note


def _by_channel(values: Values, name: str) -> tuple[Values, str]:
    """Return one plane where the channels agree or only one has a signal; else each scaled to the same light."""
    if values.ndim == 2:
        return values, ""
    peaks = values.max(axis=(0, 1))
    telling = values[:, :, peaks >= _FAINTEST * peaks.max()]
    shares = telling / telling.sum(axis=(0, 1))
    mean = shares.mean(axis=2)
    elsewhere = 0.5 * np.abs(shares - mean[:, :, None]).sum(axis=(0, 1))
    if telling.shape[2] < values.shape[2] or elsewhere.max() < _COLOURED:
        return mean / mean.max(), ""
    return shares / shares.max(), tr(
        "The PSF “{name}” is in colour: each colour of the photo is restored with its own.", name=name
    )


def _grey(values: Values) -> Values:
    return values if values.ndim == 2 else values.mean(axis=2)


def _smooth(grey: Values) -> Values:
    """Return means over 3 × 3 pixels."""
    return np.asarray(cv2.blur(grey, (3, 3), borderType=cv2.BORDER_REFLECT), np.float64)


def _ring(grey: Values, depth: int) -> Values:
    """Return the pixels that lie `depth` from the nearest border."""
    inner = grey[depth : grey.shape[0] - depth, depth : grey.shape[1] - depth]
    return np.concatenate([inner[0], inner[-1], inner[1:-1, 0], inner[1:-1, -1]])


def _rim(grey: Values, depth: int) -> _Rim:
    """Return the level of the darker part of a ring; light that crosses the ring does not count."""
    ring = _ring(grey, depth)
    low, level = np.quantile(ring, [0.05, 0.4])
    spread = float(level - low) / 1.4  # of Gaussian noise these two lie 1.4 standard deviations apart
    near = np.abs(ring - level) <= 2.5 * spread + _LEVEL
    for _ in range(4):
        level, spread = float(ring[near].mean()), float(ring[near].std())
        near = np.abs(ring - level) <= 3.0 * spread + _LEVEL
    return _Rim(float(level), spread, float(near.mean()))
