"""Alignment of two pictures of one scene: a homography of the frame, and the residual that it leaves.

Three steps, from coarse to fine. Features (SIFT, Lowe 2004) are matched between pictures of equal sharpness; ECC
(Evangelidis and Psarakis 2008) improves the homography on all pixels; then the blur itself is estimated, put on the
sharp picture, and small windows are compared, so that the blur is not taken for a shift. The windows also tell how
well one homography fits: a tree in the wind, or a camera that was moved and not only turned, leaves a residual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.restoration.registration.local_shifts import compare

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels

type Grey = NDArray[np.float32]
"""Float32, shape (height, width), values in [0, 255]."""
type Homography = NDArray[np.float64]
"""3 × 3; takes points (x, y, 1) of the blurred picture to the sharp one."""

COARSE, FINE = 1200, 2048
"""Long sides in pixels at which features are matched and windows are compared; larger pictures are reduced."""

_FEWEST = 12
"""Matches or windows below which a homography (8 numbers) would fit anything."""

_CRITERIA = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 50, 1e-5)


@dataclass(frozen=True, eq=False)
class Alignment:
    """The alignment of the sharp picture with the blurred one.

    Attributes:
        homography: Takes points of the blurred picture to the sharp one, in pixels of the files.
        displacement: How far apart the two are: root of the mean square over the frame, in pixels of the blurred file.
        residual: What the homography leaves: root of the mean square over the compared windows without the farthest
            tenth (what moved in the scene), in pixels of the blurred file.
        windows: How many windows were compared.
    """

    homography: Homography
    displacement: float
    residual: float
    windows: int


def align(sharp: Pixels, blurred: Pixels) -> Task[Alignment | str]:
    """Find where a sharp picture lies on a blurred one.

    Args:
        sharp: Float32 array of shape (height, width, 3) in [0, 1].
        blurred: The same scene, of any size.

    Returns:
        The alignment, or in a few words why there is none.
    """
    return (yield from align_grey(grey(sharp), grey(blurred)))


def align_grey(truth: Grey, blurred: Grey) -> Task[Alignment | str]:
    """Align as `align` does, for the brightness of the sharp picture (`truth`) and the `blurred` one."""
    shapes = blurred.shape, truth.shape
    yield Progress(0.1, tr("Matching features"))
    small, small_scale = reduce_picture(blurred, COARSE)
    small_truth, truth_scale = reduce_picture(truth, COARSE)
    first_guess = _by_features(equally_sharp(small_truth, sharpness(small)), small)
    if first_guess is None:
        return tr("too few features match")
    yield Progress(0.4, tr("Comparing all pixels"))
    first_guess = _by_correlation(equally_sharp(small_truth, sharpness(small)), small, first_guess)
    homography = _rescale_homography(first_guess, 1 / small_scale, 1 / truth_scale)
    blurred, scale = reduce_picture(blurred, FINE)
    truth, truth_scale = reduce_picture(truth, FINE)
    homography = _rescale_homography(homography, scale, truth_scale)
    for number in range(3):
        yield Progress(0.5 + number * 0.15, tr("Comparing windows"))
        points, shifts = compare(
            warp(truth, homography, blurred.shape), blurred, coverage_mask(truth, homography, blurred.shape)
        )
        if len(points) < _FEWEST:
            return tr("only {count} places are clear enough to compare", count=len(points))
        step = _fit_homography(points, points + shifts, 1.5)
        if step is None:
            return tr("no homography fits")
        homography = homography @ step
        residuals = np.linalg.norm(apply_homography(points, step) - points - shifts, axis=1)
    smallest = np.sort(residuals)[: -(-len(residuals) * 9 // 10)]
    homography = _rescale_homography(homography, 1 / scale, 1 / truth_scale)
    residual = float(np.sqrt(np.mean(smallest**2)) / scale)
    return Alignment(homography, _displacement(homography, *shapes), residual, len(points))


def grey(pixels: Pixels) -> Grey:
    """Return the brightness of a picture, in [0, 255]."""
    return np.multiply(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), 255.0, dtype=np.float32)


def reduce_picture(picture: Grey, side: int) -> tuple[Grey, float]:
    """Return a picture whose long side is at most `side`, and its scale against the given one."""
    scale = min(1.0, side / max(picture.shape))
    if scale == 1.0:
        return picture, 1.0
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32), scale


def sharpness(picture: Grey) -> float:
    """Return the strength of the finest detail that is not noise, as a share of the picture's contrast."""
    fine = cv2.Laplacian(cv2.GaussianBlur(picture, (0, 0), 1.0), cv2.CV_32F)
    return float(fine.std() / max(float(picture.std()), 1e-6))


def equally_sharp(picture: Grey, target: float) -> Grey:
    """Return `picture` under the Gaussian blur that brings its sharpness down to `target`."""
    if sharpness(picture) <= target:
        return picture
    low, high = 0.0, 20.0
    for _ in range(8):
        middle = (low + high) / 2
        low, high = (middle, high) if sharpness(_smooth(picture, middle)) > target else (low, middle)
    return _smooth(picture, high)


def warp(picture: NDArray[np.float32], homography: Homography, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return `picture` resampled (cubic) where the points of a frame of `shape` (height, width) lie on it."""
    height, width = shape[:2]
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    warped = cv2.warpPerspective(picture, homography, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return warped.astype(np.float32, copy=False)


def coverage_mask(picture: Grey, homography: Homography, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """Return 255 where the points of a frame of `shape` lie on `picture`, else 0."""
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    full = np.full(picture.shape[:2], 255, np.uint8)
    return cv2.warpPerspective(full, homography, (shape[1], shape[0]), flags=flags).astype(np.uint8, copy=False)


def apply_homography(points: NDArray[np.floating], homography: Homography) -> NDArray[np.float64]:
    """Return points of shape (n, 2) as `homography` maps them."""
    there: NDArray[np.float64] = cv2.perspectiveTransform(points[:, None].astype(np.float64), homography)[:, 0]  # type: ignore[assignment]
    return there


def _by_features(sharp: Grey, blurred: Grey) -> Homography | None:
    sift = cv2.SIFT.create(3000, contrastThreshold=0.01)
    (here, from_here), (there, from_there) = (
        sift.detectAndCompute(np.clip(picture, 0, 255).astype(np.uint8), None) for picture in (blurred, sharp)
    )
    if len(here) < _FEWEST or len(there) < _FEWEST:
        return None
    candidates = cv2.BFMatcher().knnMatch(from_here, from_there, k=2)
    matches = [first for first, second in candidates if first.distance < 0.8 * second.distance]
    if len(matches) < _FEWEST:
        return None
    sources = np.array([here[match.queryIdx].pt for match in matches])
    targets = np.array([there[match.trainIdx].pt for match in matches])
    return _fit_homography(sources, targets, 4.0)


def _fit_homography(
    sources: NDArray[np.floating], targets: NDArray[np.floating], tolerance: float
) -> Homography | None:
    """Return the homography that most points agree with to `tolerance` pixels; None where too few do."""
    homography, agree = cv2.findHomography(sources, targets, cv2.USAC_MAGSAC, tolerance)
    return None if homography is None or agree.sum() < _FEWEST else homography.astype(np.float64)


def _by_correlation(sharp: Grey, blurred: Grey, start: Homography) -> Homography:
    """Return `start`, improved where the correlation converges."""
    images = _smooth(blurred, 2.0), _smooth(sharp, 2.0)
    try:
        _, homography = cv2.findTransformECC(*images, start.astype(np.float32), cv2.MOTION_HOMOGRAPHY, _CRITERIA)
    except cv2.error:  # it says so where it does not converge; the windows go on from the features then
        return start
    return homography.astype(np.float64)


def _smooth(picture: Grey, sigma: float) -> Grey:
    return cv2.GaussianBlur(picture, (0, 0), max(sigma, 0.01)).astype(np.float32, copy=False)


def _rescale_homography(homography: Homography, blurred: float, sharp: float) -> Homography:
    """Return the homography between pictures that are resized by these factors, with pixel centres at whole numbers."""
    return _resizing(sharp) @ homography @ np.linalg.inv(_resizing(blurred))


def _resizing(scale: float) -> Homography:
    """Return the homography that maps points of the original to a picture resized by `scale`."""
    shift = (scale - 1) / 2
    return np.array([[scale, 0, shift], [0, scale, shift], [0, 0, 1.0]])


def _displacement(homography: Homography, blurred: tuple[int, ...], sharp: tuple[int, ...]) -> float:
    """Return the displacement of frames of these shapes; two sizes lie on each other when one is the other resized."""
    (height, width), (other_height, other_width) = blurred, sharp
    x, y = np.meshgrid(np.linspace(0, width - 1, 17), np.linspace(0, height - 1, 17))
    points = np.stack([x.ravel(), y.ravel()], axis=1)
    there = (apply_homography(points, homography) + 0.5) * (width / other_width, height / other_height) - 0.5
    return float(np.sqrt(np.mean(np.sum((there - points) ** 2, axis=1))))
