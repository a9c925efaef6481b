"""Points of a curve that grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class Series:
    """Points with rising x that are added at the end, at a cost that does not grow with their number."""

    def __init__(self) -> None:
        self._points = np.empty((2, 256))
        self._count = 0

    def __len__(self) -> int:
        """Return the number of points."""
        return self._count

    @property
    def x(self) -> NDArray[Any]:
        """The x of the points, rising; a view."""
        return self._points[0, : self._count]

    @property
    def y(self) -> NDArray[Any]:
        """The y of the points; a view."""
        return self._points[1, : self._count]

    def append(self, x: float, y: float) -> None:
        """Add a point."""
        self._make_room(1)
        self._points[:, self._count] = x, y
        self._count += 1

    def extend(self, x: ArrayLike, y: ArrayLike) -> None:
        """Add points."""
        x, y = np.asarray(x), np.asarray(y)
        self._make_room(len(x))
        self._points[:, self._count : self._count + len(x)] = x, y
        self._count += len(x)

    def remove_after(self, x: float) -> None:
        """Remove the points that lie after `x`."""
        self._count = int(np.searchsorted(self.x, x, side="right"))

    def at(self, x: float) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the point at `x` as arrays of length one, or of length zero where there is none."""
        here = self.x == x
        return self.x[here], self.y[here]

    def decimate(self, most: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return at most about `most` points that look the same: the lowest and the highest of each stretch."""
        if len(self) <= most:
            return self.x.copy(), self.y.copy()  # what is drawn must not change under the hands of who draws
        stretch = -(-len(self) // (most // 2))
        whole = len(self) // stretch * stretch
        stretches = self.y[:whole].reshape(-1, stretch)
        extremes = np.stack([stretches.argmin(axis=1), stretches.argmax(axis=1)], axis=1)
        extremes.sort(axis=1)
        indices = (extremes + np.arange(0, whole, stretch)[:, None]).ravel()
        indices = np.concatenate([indices, np.arange(whole, len(self))])
        return self.x[indices], self.y[indices]

    def _make_room(self, more: int) -> None:
        if self._count + more > self._points.shape[1]:
            larger = np.empty((2, 2 * (self._count + more)))
            larger[:, : self._count] = self._points[:, : self._count]
            self._points = larger
