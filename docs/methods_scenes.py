"""The scenes of the pictures of docs/methods: photographs that scikit-image ships, degraded as by a camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import skimage.data

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kinds import Blur
    from deblur_app.core.picture import Pixels
    from deblur_app.engine.estimation.measurable import Region


def astronaut() -> Pixels:
    """Return a portrait (NASA): face, cloth, an even background."""
    return from_integer(np.ascontiguousarray(skimage.data.astronaut()[:320, 90:390]))


def chelsea() -> Pixels:
    """Return the photo of a cat (Stéfan van der Walt): fur and a blurred background."""
    return from_integer(np.ascontiguousarray(skimage.data.chelsea()[:240, 80:320]))


def rocket() -> Pixels:
    """Return the photo of lamps at dusk (SpaceX)."""
    return from_integer(np.ascontiguousarray(skimage.data.rocket()[200:420, 60:300]))


def whole_motorcycle() -> Pixels:
    """Return the photo of a garage (Middlebury stereo data, Scharstein et al. 2014): much detail everywhere."""
    return from_integer(np.ascontiguousarray(skimage.data.stereo_motorcycle()[0]))


def motorcycle() -> Pixels:
    """Return the middle of `whole_motorcycle`."""
    return np.ascontiguousarray(whole_motorcycle()[120:440, 280:600])


def photograph(sharp: Pixels, blur: Blur | None, *, noise: float, highlights: float = 1.0, seed: int = 0) -> Pixels:
    """Return the photo that a camera would have taken: blurred in linear light, noise, 8 bits."""
    return run_to_end(degrade(sharp, Degradation(blur=blur, noise=noise, highlights=highlights, seed=seed)))


def lamp_at_night() -> tuple[Pixels, Region]:
    """Return the rocket's dusk with one more, far lamp in the dark sky; and where its streak will be."""
    sharp = rocket()
    x, y = 40, 40
    sharp[y, x] = 1.0
    return sharp, (x - 14, y - 14, 29, 29)


def burst(count: int) -> list[tuple[Pixels, Pixels]]:
    """Return frames from a moving hand with a ball that flies through them: the photo, and the same without noise."""
    wide = whole_motorcycle()
    random = np.random.default_rng(5)
    frames = []
    for number in range(count):
        angle, (x, y) = random.normal(0, 0.2), random.normal(0, 3, 2)
        turn = cv2.getRotationMatrix2D((370.0, 250.0), float(angle), 1.0)
        turn[:, 2] += x, y
        seen = cv2.warpAffine(wide, turn, wide.shape[1::-1], flags=cv2.INTER_CUBIC)[120:400, 290:570]
        ball = cv2.circle(np.zeros_like(seen), (40 + 26 * number, 60), 13, (1.0, 0.85, 0.1), -1, cv2.LINE_AA)
        seen = np.where(ball.max(axis=2, keepdims=True) > 0.5, ball, np.clip(seen, 0, 1)).astype(np.float32)
        frames.append((photograph(seen, None, noise=0.03, seed=number), seen))
    return frames


def mean_of(photos: Sequence[Pixels]) -> Pixels:
    """Return the mean of the light, nothing registered."""
    return linear_to_srgb(np.mean([srgb_to_linear(photo) for photo in photos], axis=0, dtype=np.float32))


def flash_pair() -> tuple[Pixels, Pixels, Pixels]:
    """Return a room in dim, warm light from the left, noisy; the same with a cold flash; the first without noise."""
    scene = srgb_to_linear(np.ascontiguousarray(whole_motorcycle()[120:400, 290:570]))
    y, x = np.mgrid[: scene.shape[0], : scene.shape[1]] / np.float32(scene.shape[0])
    warm = np.float32((1.0, 0.62, 0.32)) * (0.9 - 0.55 * x)[:, :, None]
    falloff = 1.1 * np.exp(-((x - 0.5) ** 2 + (y - 0.5) ** 2) / 0.5)
    reflex = np.exp(-((x - 0.42) ** 2 + (y - 0.55) ** 2) / 0.0012)  # of the lamp, on the tank
    ambient = (scene * warm).astype(np.float32)
    cold = np.float32((0.85, 0.95, 1.0)) * falloff[:, :, None]
    lit = linear_to_srgb((scene * cold + 0.3 * ambient + reflex[:, :, None]).astype(np.float32))
    truth = linear_to_srgb(ambient)
    return photograph(truth, None, noise=0.03), photograph(lit, None, noise=0.003, seed=1), truth


def align_with(pixels: Pixels, truth: Pixels, reach: int = 4) -> Pixels:
    """Return a picture moved by the whole pixels that make it most like the truth; its border is repeated."""
    inside = (slice(reach, -reach), slice(reach, -reach))
    errors = {
        (y, x): float(np.square(np.roll(pixels, (y, x), (0, 1))[inside] - truth[inside]).mean())
        for y in range(-reach, reach + 1)
        for x in range(-reach, reach + 1)
    }
    y, x = min(errors, key=lambda step: errors[step])
    move = np.array([[1, 0, x], [0, 1, y]], np.float64)
    return cv2.warpAffine(pixels, move, pixels.shape[1::-1], flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)


def stack_kernels(kernels: Sequence[Kernel], height: int) -> Pixels:
    """Return kernels above each other, enlarged alike, each at its full contrast, together `height` pixels high."""
    side = max(len(kernel) for kernel in kernels)
    wide = [np.pad(kernel / kernel.max(), (side - len(kernel)) // 2) for kernel in kernels]
    cell = height // len(kernels) - 4
    cells = [
        cv2.copyMakeBorder(_enlarge_kernel(kernel, cell), 2, 2, 0, 0, cv2.BORDER_CONSTANT, value=0.5) for kernel in wide
    ]
    return np.repeat(np.vstack(cells)[:, :, None], 3, axis=2)


def enlarge(pixels: Pixels, width: int) -> Pixels:
    """Return a small picture as large squares, `width` pixels wide."""
    height = round(pixels.shape[0] * width / pixels.shape[1])
    return cv2.resize(pixels, (width, height), interpolation=cv2.INTER_NEAREST)


def spectrum(photo: Pixels, side: int) -> Pixels:
    """Return the logarithm of the power of each frequency, frequency 0 in the middle."""
    grey = srgb_to_linear(photo).mean(axis=2)
    window = np.outer(np.hanning(len(grey)), np.hanning(grey.shape[1]))
    power = np.square(np.abs(np.fft.fftshift(np.fft.fft2((grey - grey.mean()) * window))))
    level = np.log(cv2.GaussianBlur(power, (0, 0), 1.5) + 1e-6)
    low, high = np.quantile(level, (0.05, 0.998))
    shown = np.clip((level - low) / (high - low), 0, 1).astype(np.float32)
    return np.repeat(cv2.resize(shown, (side, side))[:, :, None], 3, axis=2)


def graph(x: NDArray[np.float64], y: NDArray[np.float64], chosen: float, side: int = 320) -> Pixels:
    """Return a curve over logarithmic axes, and a line where the choice fell."""
    picture = np.full((side, side, 3), 247, np.uint8)
    rim = 30
    right = (np.log(x) - np.log(x[0])) / np.log(x[-1] / x[0]) * (side - 2 * rim) + rim
    up = (np.log(y) - np.log(y.min())) / np.log(y.max() / y.min()) * (side - 2 * rim) + rim
    points = np.rint(np.stack([right, side - up], axis=1)).astype(np.int32)
    at, *marks = (round(float(np.interp(np.log(value), np.log(x), right))) for value in (chosen, 1e-6, 1e-4, 1e-2, 1.0))
    picture = cv2.line(picture, (at, rim), (at, side - rim), (200, 50, 30), 1, cv2.LINE_AA)
    picture = cv2.polylines(picture, [points], False, (30, 60, 130), 2, cv2.LINE_AA)
    for mark, text in zip(marks, ("1e-6", "1e-4", "1e-2", "1"), strict=True):
        place = (max(mark - 14, 0), side - 8)
        picture = cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.38, (0, 0, 0), 1, cv2.LINE_AA)
    return from_integer(picture)


def _enlarge_kernel(kernel: Kernel, side: int) -> NDArray[np.float32]:
    return cv2.resize(kernel, (side, side), interpolation=cv2.INTER_NEAREST)
