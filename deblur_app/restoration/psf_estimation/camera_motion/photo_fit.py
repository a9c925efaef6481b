"""Weights of the poses of a camera from the photo itself: those that make its gradients of the edges of the scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.restoration.numerics.acceleration import minimize_non_negative

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.camera_poses import CameraPoses, Numbers
    from deblur_app.core.picture import Pixels

_SAMPLES = 20_000
"""Pixels that are explained, drawn from all around edges: as many again changed little."""

_SPARSITY = 0.02
"""Share of the best pose's part that each pose must explain to be kept."""

_STEPS = 300
"""Of the solver, at most."""

_ROW = 1_000
"""Pixels in a row for OpenCV, whose pictures have 32,767 at most."""


@dataclass(frozen=True, eq=False)
class PhotoFit:
    """The weights that explain a photo best.

    Attributes:
        weights: Of each pose, sum 1.
        places: Pixels that were explained, shape (samples, 2): x and y.
        unexplained: The rest of each, squared, shape (samples,).
        energy: The square of its gradient, shape (samples,).
    """

    weights: Numbers
    places: NDArray[np.float32]
    unexplained: NDArray[np.float32]
    energy: NDArray[np.float32]

    @property
    def explained(self) -> float:
        """Share of the energy that is explained, in [0, 1]."""
        return explained_share(self.unexplained, self.energy)


def explained_share(unexplained: NDArray[np.float32], energy: NDArray[np.float32]) -> float:
    """Return the share of the energy of some pixels that is explained, in [0, 1]; 0 where there is none."""
    total = float(energy.sum())
    return min(max(1.0 - float(unexplained.sum()) / total, 0.0), 1.0) if total > 0.0 else 0.0


def gradients(plane: Pixels) -> Pixels:
    """Return the differences to the left and upper neighbours of a plane, shape (height, width, 2), 0 at the border."""
    result = np.zeros((*plane.shape, 2), np.float32)
    result[1:, 1:, 0] = plane[1:, 1:] - plane[1:, :-1]
    result[1:, 1:, 1] = plane[1:, 1:] - plane[:-1, 1:]
    return result


def strongest_edges(restored: Pixels, share: float) -> Pixels:
    """Return the gradients of a plane, all but the strongest `share` set to zero."""
    values = gradients(restored)
    power = np.square(values).sum(axis=2, keepdims=True)
    return np.where(power > np.quantile(power, 1.0 - share), values, np.float32(0.0))


def fit_to_photo(
    photo: Pixels, edges: Pixels, is_known: NDArray[np.bool_], poses: CameraPoses, random: np.random.Generator
) -> PhotoFit:
    """Return the weights ≥ 0 of the poses that make the gradients of a photo of the edges of its scene.

    Args:
        photo: The gradients of the photo, shape (height, width, 2).
        edges: The edges of the scene, same shape, 0 between them.
        is_known: Which pixels of the photo tell something, shape (height, width).
        poses: The poses with the weights to start from.
        random: Chooses the pixels that are explained.
    """
    places = _choose_pixels(edges, is_known, poses, random)
    x, y = places.T
    seen = photo[y, x]
    made = np.stack([_move_edges(edges, poses, number, x, y) for number in range(len(poses.x))], axis=2)
    table, target = made.reshape(-1, made.shape[2]), seen.ravel()
    products, targets = table.T @ table, table.T @ target
    penalty = np.float32(_SPARSITY * max(float(targets.max()), 0.0))
    pace = 1.0 / max(float(np.linalg.norm(products, 2)), 1e-20)
    start = (poses.weights / poses.weights.sum()).astype(np.float32)
    fitted = minimize_non_negative(lambda w: products @ w - targets + penalty, start, pace=pace, steps=_STEPS)
    weights = fitted if fitted.any() else start
    rest = np.square(seen - made @ weights).sum(axis=1)
    share: Numbers = weights.astype(np.float64) / float(weights.sum())
    return PhotoFit(share, places.astype(np.float32), rest, np.square(seen).sum(axis=1))


def _choose_pixels(
    edges: Pixels, is_known: NDArray[np.bool_], poses: CameraPoses, random: np.random.Generator
) -> NDArray[np.intp]:
    """Return x and y of known pixels near edges, but not near the border, shape (samples, 2)."""
    reach = int(np.ceil(max(np.abs(poses.x).max(), np.abs(poses.y).max()))) + 1
    square = np.ones((2 * reach // 3 * 2 + 1,) * 2, np.uint8)
    is_near = cv2.dilate(edges.any(axis=2).astype(np.uint8), square) > 0
    inside = np.zeros_like(is_known)
    rim = [min(reach, (length - 1) // 3) for length in is_known.shape]
    inside[rim[0] : len(inside) - rim[0], rim[1] : inside.shape[1] - rim[1]] = True
    rows, columns = np.nonzero(is_near & is_known & inside)
    count = min(_SAMPLES, len(rows)) // _ROW * _ROW or len(rows)
    chosen = np.sort(random.choice(len(rows), count, replace=False))
    return np.stack([columns[chosen], rows[chosen]], axis=1)


def _move_edges(edges: Pixels, poses: CameraPoses, number: int, x: NDArray[np.intp], y: NDArray[np.intp]) -> Pixels:
    """Return the edges that a pose moves to some pixels, shape (samples, 2)."""
    one = poses.take(np.array([number]))
    right, down = one.displacements(x.astype(np.float64), y.astype(np.float64))
    length = _ROW if len(x) % _ROW == 0 else 1
    from_x, from_y = (values.astype(np.float32).reshape(-1, length) for values in (x - right, y - down))
    found = cv2.remap(edges, from_x, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return np.asarray(found, np.float32).reshape(-1, 2)
