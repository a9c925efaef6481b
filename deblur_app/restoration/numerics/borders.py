"""The scene beyond the borders of a photo, made up so that it does not contradict the blur."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.restoration.numerics import fourier

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import Inside, Shape

_LEAST_REACH = 24  # least width of a border in pixels
_DEPTH = 1
"""Width of the part of the picture that its border depends on, as a multiple of the width of the border."""

_LARGE = 12
"""Multiple of the width of the border from which on the sides of a picture are looked at apart."""

_CALM = 0.3
"""Weight of the roughness against |H|²: high, so that the restoration rings little."""
_STRIDE = 1.5
"""Multiple of a step that is taken (over-relaxation, which stays stable below 2)."""

_CACHED = 8  # attenuations that are kept


def extend_borders(plane: Pixels, kernel: Kernel) -> tuple[Pixels, Inside]:
    """Extend one channel by a border that, inside and outside taken together, a scene blurred by `kernel` can have.

    The mirrored border of `fourier.framed` contradicts the blur, and restoring amplifies contradictions into ripples
    along the edges. So the frame is restored with strong regularisation and blurred again, and what that gives for
    the border is put there: a step of expectation maximisation with the border as the missing data, taken 1.5 times
    as far as it goes, which gains what many shorter ones do. The idea of a border made for the blur is that of
    Liu and Jia, "Reducing boundary artifacts in image deconvolution" (2008).

    Args:
        plane: Float32 array of shape (height, width).
        kernel: The point spread function, shape (n, n).

    Returns:
        The larger array, whose opposite sides fit together, and the slices that cut it back.
    """
    reach = max(_LEAST_REACH, len(kernel))
    stack, inside = fourier.pad_periodic(plane[:, :, None], reach)
    frame = stack[:, :, 0]
    if min(plane.shape) < _LARGE * reach:
        change = _step(frame, kernel)
        change[inside] = 0.0
        frame += change
    else:
        for axis in (0, 1):
            _mend(frame, inside[axis], axis, kernel)
    return frame, inside


def _mend(frame: Pixels, inside: slice, axis: int, kernel: Kernel) -> None:
    """Change the border before and behind the picture along one axis, looking only at what lies near it."""
    before, behind = inside.start, frame.shape[axis] - inside.stop
    depth = _DEPTH * before
    # The tile repeats: behind its end comes its beginning, and the two rims are one gap in the picture.
    gap = (frame[_lines(axis, inside.stop - depth, None)], frame[_lines(axis, 0, before + depth)])
    strip, place = fourier.pad_periodic(np.concatenate(gap, axis=axis)[:, :, None], before)
    change = _step(strip[:, :, 0], kernel)[place]
    frame[_lines(axis, inside.stop, None)] += change[_lines(axis, depth, depth + behind)]
    frame[_lines(axis, 0, before)] += change[_lines(axis, depth + behind, depth + behind + before)]


def _lines(axis: int, start: int, stop: int | None) -> Inside:
    part, everything = slice(start, stop), slice(None)
    return (part, everything) if axis == 0 else (everything, part)


def _step(frame: Pixels, kernel: Kernel) -> Pixels:
    """Return the step from `frame` to itself restored and blurred again, and a half more."""
    shape = (frame.shape[0], frame.shape[1])
    values = np.ascontiguousarray(kernel, np.float32).tobytes()
    spectrum = fourier.transform(frame)
    spectrum *= _attenuate(values, len(kernel), shape)
    change = fourier.inverse(spectrum, shape, overwrite=True)
    change -= frame
    change *= np.float32(_STRIDE)
    return change


@lru_cache(maxsize=_CACHED)
def _attenuate(kernel: bytes, side: int, shape: Shape) -> NDArray[np.float32]:
    """Return the share of each frequency that strong restoration and the blur together leave."""
    transfer = fourier.transfer_function(np.frombuffer(kernel, np.float32).reshape(side, side), shape)
    power = np.square(transfer.real) + np.square(transfer.imag)
    response: NDArray[np.float32] = power / (power + np.float32(_CALM) * fourier.roughness(shape))
    return response


def bounding_box(mask: NDArray[np.bool_], rim: int = 0) -> tuple[slice, slice]:
    """Return the fewest rows and columns that hold `mask`, true somewhere, and `rim` pixels around it where there are.

    A stop may lie beyond the array.
    """
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    return (
        slice(max(int(rows[0]) - rim, 0), int(rows[-1]) + 1 + rim),
        slice(max(int(columns[0]) - rim, 0), int(columns[-1]) + 1 + rim),
    )
