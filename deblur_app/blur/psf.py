"""Point spread functions of section 2 of "Image Deblurring" (2024): the images of one point of the scene."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from deblur_app.blur import kernel_values, psf_cleaning
from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.files.targets import Target

type Kernel = NDArray[np.float32]
"""A point spread function: float32, square with an odd side, non-negative, sum 1, centred on its middle element.

Shape (n, n), or (n, n, 3) with one of sum 1 for each colour.
"""

WRITABLE = (".npy", ".png", ".tif", ".tiff")
"""File name endings, in lower case, of the kernels that can be written; pictures among them have 16 bits."""

_SUBPIXELS = 16
"""Samples of a segment for each pixel of its length; a disk takes four times as many for each row."""
_CENTRED = 0.05
"""Pixels by which the centre of mass may lie off the middle."""

_CUT_OFF = 0.1


@dataclass(frozen=True)
class KernelFacts:
    """The measured properties of a kernel.

    Attributes:
        side: Side of the array in pixels.
        extent: Width and height in pixels of the box that holds everything above 1 % of the brightest pixel.
        centroid: Centre of mass (x, y) in pixels from the middle, x to the right and y downwards.
        peak: Share of the light that falls into the brightest pixel, in (0, 1]; 1 blurs nothing.
        cut_off: Spatial frequency in cycles per pixel where the mean response over all directions first falls to
            10 %; finer detail is as good as lost. None where it never does up to 0.5, the finest that pixels hold.
    """

    side: int
    extent: tuple[int, int]
    centroid: tuple[float, float]
    peak: float
    cut_off: float | None


def motion(length: float, angle: float) -> Kernel:
    """Return h = 1/L on the segment of length L at angle θ through the centre, 0 elsewhere: motion (section 2.1).

    Each point of the segment is shared by the four pixels around it by area (bilinearly), so that length and angle
    may take any value and no stairs appear.

    Args:
        length: L in pixels, above 0.
        angle: θ in degrees, counter-clockwise from the horizontal.
    """
    samples = max(int(length * _SUBPIXELS), 1)
    along = ((np.arange(samples) + 0.5) / samples - 0.5) * length
    theta = math.radians(angle)
    return rasterize_points(along * math.cos(theta), -along * math.sin(theta))


def defocus(radius: float) -> Kernel:
    """Return h = 1/(πR²) in the disk of radius R, 0 elsewhere: defocus (section 2.3), by the area inside each pixel.

    Args:
        radius: R in pixels, above 0.
    """
    half = math.ceil(radius)
    middles = np.arange(-half, half + 1)
    # Rows in strips, each strip as long as the chord of the disk that lies in the pixel.
    top, bottom = np.clip(middles - 0.5, -radius, radius), np.clip(middles + 0.5, -radius, radius)
    steps = (np.arange(_SUBPIXELS * 4) + 0.5) / (_SUBPIXELS * 4)
    y = top[:, None] + (bottom - top)[:, None] * steps
    chord = np.sqrt(np.maximum(radius**2 - y**2, 0.0))[:, :, None]
    inside = np.minimum(chord, middles + 0.5) - np.maximum(-chord, middles - 0.5)
    kernel = np.maximum(inside, 0.0).mean(axis=1) * (bottom - top)[:, None]
    return normalize(kernel + kernel.T)  # strips run along x; the disk knows no such direction


def turbulence(sigma: float) -> Kernel:
    """Turbulence in a long exposure: h = Z·exp(−(i² + j²)/2σ²) (section 2.2), its mean over the area of each pixel.

    Args:
        sigma: σ in pixels, above 0. The kernel ends at 4 σ, where 0.01 % of the light is left out.
    """
    half = math.ceil(4 * sigma)
    edges = (np.arange(-half, half + 2) - 0.5) / (sigma * math.sqrt(2))
    profile = np.diff([math.erf(edge) for edge in edges])
    return normalize(np.outer(profile, profile))


def rasterize_points(x: NDArray[np.float64], y: NDArray[np.float64]) -> Kernel:
    """Return the kernel of equally bright points, each shared by the four pixels around it by area (bilinearly).

    Args:
        x: Places in pixels from the middle, to the right.
        y: Places in pixels from the middle, downwards; of the same length.
    """
    half = math.ceil(max(np.abs(x).max(), np.abs(y).max()) + 1)
    kernel = np.zeros((2 * half + 1, 2 * half + 1))
    _deposit(kernel, x + half, y + half, np.ones(len(x)))
    return normalize(kernel)


def normalize(array: NDArray[np.float64] | Kernel) -> Kernel:
    """Return `array`, non-negative, scaled so that each channel sums to 1: blurring keeps the brightness."""
    return (array / array.sum(axis=(0, 1), dtype=np.float64)).astype(np.float32)


def grey(kernel: Kernel) -> Kernel:
    """Return the mean of all colours, shape (n, n), of a kernel of shape (n, n) or (n, n, channels)."""
    return kernel if kernel.ndim == 2 else normalize(kernel.mean(axis=2, dtype=np.float64))


def center_kernel(values: NDArray[np.float64]) -> Kernel:
    """Return a kernel from values that may lie anywhere: an odd square around their centre of mass that sums to 1.

    They are moved by parts of a pixel, which softens them a little, only where whole pixels do not suffice. Channels
    are moved together, so that colours that lie apart stay so.

    Args:
        values: Non-negative, of any shape (height, width) or (height, width, channels), somewhere above 0.
    """
    height, width = values.shape[:2]
    x, y = centroid(values)
    if height == width and height % 2 == 1 and max(abs(x), abs(y)) <= _CENTRED:
        return normalize(values)
    planes = np.dstack([values])
    rows, columns = np.nonzero(planes.any(axis=2))
    right, down = columns - (width - 1) / 2 - x, rows - (height - 1) / 2 - y
    off = np.array([right[0] - round(right[0]), down[0] - round(down[0])])
    if np.abs(off).max() <= _CENTRED:
        right, down = np.rint(right), np.rint(down)
    half = math.ceil(max(np.abs(right).max(), np.abs(down).max()))
    side = 2 * half + 3  # with a border for the shares of the outermost pixels
    square = np.zeros((side, side, planes.shape[2]))
    for channel in range(planes.shape[2]):
        _deposit(square[:, :, channel], right + half + 1, down + half + 1, planes[rows, columns, channel])
    return normalize(square.reshape(side, side, *values.shape[2:]))


def centroid(kernel: NDArray[np.float64] | Kernel) -> tuple[float, float]:
    """Return the centre of mass (x, y) in pixels from the middle of the array, x to the right and y downwards."""
    height, width = kernel.shape[:2]
    weights = np.dstack([kernel]).astype(np.float64)
    weights = (weights / weights.sum(axis=(0, 1))).mean(axis=2)
    x = weights.sum(axis=0) @ (np.arange(width) - (width - 1) / 2)
    y = weights.sum(axis=1) @ (np.arange(height) - (height - 1) / 2)
    return float(x), float(y)


def frequency_response(kernel: Kernel, side: int) -> NDArray[np.float32]:
    """Return the share of each spatial frequency that passes: the modulus |H| of the kernel's Fourier transform.

    Args:
        kernel: The point spread function.
        side: Side of the result, at least 1; a kernel with a longer side is sampled at as many frequencies.

    Returns:
        An array of shape (side, side) in [0, 1], frequency 0 at [side // 2, side // 2], frequencies growing to
        ± 0.5 cycles per pixel at the borders.
    """
    copies = -(-len(kernel) // side)
    fill = copies * side - len(kernel)
    folded = np.pad(grey(kernel).astype(np.float64), (0, fill)).reshape(copies, side, copies, side).sum(axis=(0, 2))
    return np.abs(np.fft.fftshift(np.fft.fft2(folded))).astype(np.float32)


def describe(kernel: Kernel) -> KernelFacts:
    """Return the properties of `kernel`, of the mean of its colours."""
    kernel = grey(kernel)
    rows, columns = np.nonzero(kernel > 0.01 * kernel.max())
    extent = (int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
    return KernelFacts(len(kernel), extent, centroid(kernel), float(kernel.max()), _crop_faint_rim(kernel))


def _crop_faint_rim(kernel: Kernel) -> float | None:
    side = 256
    response = frequency_response(kernel, side)
    axis = np.arange(side) - side // 2
    ring = np.rint(np.hypot(axis[:, None], axis[None, :])).astype(int).ravel()
    means = (np.bincount(ring, response.ravel()) / np.bincount(ring))[: side // 2 + 1]
    below = np.nonzero(means <= _CUT_OFF)[0]
    if not len(below):
        return None
    first = int(below[0])  # at least 1: the response to frequency 0 is 1
    before, after = means[first - 1], means[first]
    return float((first - 1 + (before - _CUT_OFF) / (before - after)) / side)


@dataclass(frozen=True, eq=False)
class KernelFile:
    """The content of a kernel file.

    Attributes:
        kernel: The kernel, of shape (n, n), or (n, n, 3) where its colours differ.
        note: Sentences for the user where the file was not taken as it is, else "".
    """

    kernel: Kernel
    note: str


def read_kernel(path: Path) -> Kernel:
    """Read a kernel; see `read_kernel_file`, which also tells what was done to it."""
    return read_kernel_file(path).kernel


def read_kernel_file(path: Path) -> KernelFile:
    """Read a kernel from a NumPy file (.npy) or from a picture, whose levels are taken as amounts of light.

    A constant background is taken off, a negative is inverted, and colours are kept apart where they differ; see
    `psf_cleaning.clean`. The kernel is cut to where there is light, moved so that its centre of mass lies in the
    middle, and scaled to sum 1.

    Raises:
        DeblurError: The file is missing, damaged, too large, or holds no kernel; the text says which.
    """
    is_computed = path.suffix.lower() == ".npy"
    values = kernel_values.read_values(path)
    if not np.isfinite(values).all():
        raise DeblurError(f"{path.name} is no kernel: it has values that are no numbers.")
    if values.max() <= 0:
        raise DeblurError(f"{path.name} is no kernel: it is black. A kernel is white where the light goes.")
    values, note = psf_cleaning.clean(values, path.name, is_computed=is_computed)
    return KernelFile(center_kernel(values), note)


def write_kernel(kernel: Kernel, target: Path | Target) -> Path:
    """Write a kernel: to .npy as it is, to .png or .tif as a 16-bit picture whose brightest pixel is white.

    Args:
        kernel: The kernel.
        target: Where to; a plain path is replaced if there is a file.

    Returns:
        The file that was written.

    Raises:
        DeblurError: The ending is none of `WRITABLE`, or the file cannot be written.
    """
    from deblur_app.core import image_io
    from deblur_app.core.files.targets import Target
    from deblur_app.core.picture import Picture

    target = target if isinstance(target, Target) else Target.at(target, may_replace=True)
    path = target.path()
    suffix = path.suffix.lower()
    if suffix not in WRITABLE:
        raise DeblurError(f"Cannot write the kernel “{path.name}”: its ending is none of {', '.join(WRITABLE)}.")
    if suffix == ".npy":
        file = io.BytesIO()
        np.save(file, kernel, allow_pickle=False)
        return target.write(file.getvalue())
    planes = np.broadcast_to(np.dstack([kernel / kernel.max()]), (*kernel.shape[:2], 3))
    return image_io.write(Picture(np.ascontiguousarray(planes), bit_depth=16), target)


def _deposit(
    array: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64], light: NDArray[np.float64]
) -> None:
    """Add points to `array` in place, each shared by the four pixels around it by area."""
    last = len(array) - 1  # a point on the border has no share in what lies beyond
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    for dy in (0, 1):
        for dx in (0, 1):
            share = (1 - abs(y - top - dy)) * (1 - abs(x - left - dx))
            np.add.at(array, (np.minimum(top + dy, last), np.minimum(left + dx, last)), light * share)
