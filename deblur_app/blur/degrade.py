"""A blurred photograph from a sharp one, the way light, sensor and file make it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import kinds
from deblur_app.blur.camera import CameraSettings, take_photo
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.task import Progress, Task, run_to_end, subtask
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_BAND = 256
"""Rows that are worked on at once. Noise is drawn band by band, so the number is part of what a seed means."""

_WHITE = 0.9
"""Linear light from which on a spot counts as one that may have been brighter than the photograph shows."""

_LONGEST_JPEG = 65_500
"""Pixels a side that a JPEG holds at most."""


@dataclass(frozen=True, eq=False)
class Degradation:
    """The degradation of a sharp picture; by default nothing but the rounding to 8 bits.

    Attributes:
        blur: A kind of blur with its values, or a kernel; None leaves it sharp.
        noise: Standard deviation of the sensor's read noise, in [0, 0.5] of the brightest light it holds.
        photons: Photons of the brightest light it holds (its full well), above 0: each pixel counts them and gives
            Poisson noise. None counts none.
        highlights: How much brighter than white the white spots were, from 1 to 1000: their light is multiplied by
            it before the blur and clipped after it, which gives the even, hard-edged streaks of lamps.
        jpeg: Quality of JPEG compression, 1 to 100; None for none. Colour is stored at half the resolution.
        camera: What the camera does with the light besides: mosaic, denoising, sharpening, tone curve. Noise, photons,
            JPEG and seed that are given here go before its own. None only encodes.
        eight_bit: Whether the result is rounded to 256 levels; JPEG always is.
        seed: Equal seeds, at least 0, give equal noise, bit for bit.

    Raises:
        DeblurError: A value is out of its range.
    """

    blur: Blur | Kernel | None = None
    noise: float = 0.0
    photons: float | None = None
    highlights: float = 1.0
    jpeg: int | None = None
    camera: CameraSettings | None = None
    eight_bit: bool = True
    seed: int = 0

    def __post_init__(self) -> None:
        _check("Noise", self.noise, 0.0, 0.5)
        _check(tr("The number of photons"), self.photons, 1.0, 1e9)
        _check(tr("The gain of highlights"), self.highlights, 1.0, 1000.0)
        _check(tr("JPEG quality"), self.jpeg, 1, 100)
        _check(tr("The seed"), self.seed, 0, 2**63)


def blur(pixels: Pixels, kernel: Kernel) -> Pixels:
    """Blur a sharp picture with one kernel for the whole frame.

    Light adds up before the camera encodes it, so the convolution is done in linear light. Beyond the borders
    the picture is mirrored.

    Args:
        pixels: Float32 array of shape (height, width, 3), sRGB-encoded, in [0, 1].
        kernel: A point spread function that sums to 1.

    Returns:
        An array of the same shape, sRGB-encoded.
    """
    return linear_to_srgb(run_to_end(blur_light(srgb_to_linear(pixels), kernel)))


def degrade(pixels: Pixels, settings: Degradation) -> Task[Pixels]:
    """Make the photograph that a camera would have taken: light, blur, clipping, noise, sRGB, JPEG, rounding.

    Equal pixels and settings give equal results, bit for bit.

    Args:
        pixels: Float32 array of shape (height, width, 3), sRGB-encoded, in [0, 1].
        settings: What happens to it.

    Returns:
        An array of the same shape, sRGB-encoded, in [0, 1].

    Raises:
        DeblurError: The blur or one of its values is unknown, or the picture is too large for JPEG.
    """
    if settings.jpeg is not None and max(pixels.shape) > _LONGEST_JPEG:
        raise DeblurError(
            tr("JPEG holds no more than {longest_jpeg} pixels a side. Leave JPEG out.", longest_jpeg=_LONGEST_JPEG)
        )
    yield Progress(0.0, tr("Blurring"))
    light = boost_highlights(srgb_to_linear(pixels), settings.highlights)
    light = yield from subtask(_blur_light(light, settings.blur), 0.1, 0.8)
    if settings.camera is not None:
        yield Progress(0.8, tr("Taking the photo"))
        return take_photo(light, _camera_of(settings.camera, settings))
    for number, band in enumerate(_bands(len(light))):
        yield Progress(0.8 + 0.15 * band.start / len(light), tr("Adding noise"))
        random = np.random.default_rng((settings.seed, number))
        light[band] = linear_to_srgb(_with_noise(np.clip(light[band], 0.0, 1.0), settings, random))
    yield Progress(0.95, tr("Rounding"))
    if settings.jpeg is not None:
        return _through_jpeg(light, settings.jpeg)
    return from_integer(to_uint8(light)) if settings.eight_bit else light


def _camera_of(camera: CameraSettings, settings: Degradation) -> CameraSettings:
    """Return a camera with what the degradation says of noise, file and seed."""
    return replace(
        camera,
        noise=settings.noise or camera.noise,
        photons=settings.photons or camera.photons,
        jpeg=settings.jpeg if settings.jpeg is not None else camera.jpeg,
        seed=settings.seed,
    )


def blur_light(light: Pixels, kernel: Kernel) -> Task[Pixels]:
    """Convolve linear light with one kernel, mirrored beyond the borders, in bands of rows.

    Args:
        light: Float32 array of shape (height, width, 3); it may be above 1.
        kernel: A point spread function that sums to 1, or one for each channel: shape (n, n) or (n, n, 3).

    Returns:
        A new array of the same shape.
    """
    if kernel.ndim == 3:
        planes = []
        for channel in range(light.shape[2]):
            one = light[:, :, channel : channel + 1]
            planes.append(
                (yield from subtask(_convolve_light(one, kernel[:, :, channel]), channel / 3, (channel + 1) / 3))
            )
        return np.concatenate(planes, axis=2)
    return (yield from _convolve_light(light, kernel))


def _convolve_light(light: Pixels, kernel: Kernel) -> Task[Pixels]:
    """Return the light blurred by a kernel of shape (n, n); see `blur_light`."""
    half = len(kernel) // 2
    flipped = np.ascontiguousarray(kernel[::-1, ::-1])  # OpenCV correlates; a point must become the kernel itself
    rows = np.pad(np.arange(len(light)), half, mode="symmetric")
    blurred = np.empty_like(light)
    for band in _bands(len(light)):
        yield Progress(band.start / len(light), tr("Blurring"))
        lines = light[rows[band.start : band.stop + 2 * half]]
        wide = cv2.copyMakeBorder(lines, 0, 0, half, half, cv2.BORDER_REFLECT)
        # Kernels above 11 × 11 go through Fourier space in there.
        result = cv2.filter2D(wide, -1, flipped, borderType=cv2.BORDER_CONSTANT)
        inside = result[half : len(result) - half, half : result.shape[1] - half]
        blurred[band] = inside.reshape(blurred[band].shape)  # OpenCV drops an axis of length 1
    return blurred


def _blur_light(light: Pixels, how: Blur | Kernel | None) -> Task[Pixels]:
    """Return the light under any blur; a task of its own even where there is nothing to do."""
    if how is None:
        return light
    if not isinstance(how, Blur):
        return (yield from blur_light(light, how))
    kind = kinds.find(how.kind)
    if kind.varying is None:
        return (yield from blur_light(light, kind.kernel(**how.values)))
    return (yield from kind.varying(light, **kind.complete_values(how.values)))


def boost_highlights(light: Pixels, gain: float) -> Pixels:
    """Return light whose white spots are as bright as they were before the sharp photograph clipped them."""
    if gain == 1.0:
        return light
    white = np.clip((light.min(axis=2, keepdims=True) - _WHITE) / (1.0 - _WHITE), 0.0, 1.0)
    brighter: Pixels = light * (1.0 + np.float32(gain - 1.0) * white)
    return brighter


def _with_noise(light: Pixels, settings: Degradation, random: np.random.Generator) -> Pixels:
    """Return the light with Poisson noise (photons) and Gaussian read noise; values may leave [0, 1]."""
    if settings.photons is not None:
        light = (random.poisson(light * settings.photons) / settings.photons).astype(np.float32)
    if settings.noise:
        light = light + np.float32(settings.noise) * random.standard_normal(light.shape, np.float32)
    return light


def _through_jpeg(pixels: Pixels, quality: int) -> Pixels:
    values = cv2.cvtColor(to_uint8(pixels), cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", values, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return from_integer(cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB))  # type: ignore[arg-type]


def _bands(rows: int) -> Iterator[slice]:
    """Return slices that cover `rows` rows from top to bottom."""
    return (slice(start, min(start + _BAND, rows)) for start in range(0, rows, _BAND))


def _check(name: str, value: float | None, least: float, most: float) -> None:
    if value is not None and not least <= value <= most:
        raise DeblurError(
            tr(
                "{name} must lie between {least:g} and {most:g}: {value}.",
                name=name,
                least=least,
                most=most,
                value=value,
            )
        )
