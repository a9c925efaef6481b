"""A photo of the user's own that is shown to the network after each epoch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core import image_io
from deblur_app.core.picture import from_integer, resize_pixels, to_uint8

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels
    from training.config.config import TrainingConfig
    from training.evaluation.evaluate import Predict

_LARGEST = 256
"""Side in pixels of the part that is shown to a network that takes photos of any size."""


@dataclass(frozen=True, eq=False)
class WatchedPhoto:
    """The photo as the network sees it.

    Attributes:
        photo: Uint8 array of shape (1, height, width, 3).
        extra_inputs: What else batches have: for synthetic pairs, its noise level in linear light, shape (1,).
    """

    photo: NDArray[np.uint8]
    extra_inputs: tuple[NDArray[np.float32], ...] = ()

    @property
    def pixels(self) -> Pixels:
        """The photo as a picture of shape (height, width, 3)."""
        return from_integer(self.photo[0])

    def restore(self, predict: Predict) -> Pixels:
        """Return the photo as the network restores it, same shape."""
        restored: Pixels = predict(self.photo, *self.extra_inputs)[0]
        return restored


def load_watched(config: TrainingConfig) -> WatchedPhoto | None:
    """Load the photo that the settings name: all of it, reduced, for a network of one size; else its middle as it is.

    Returns:
        The photo; None where they name none.

    Raises:
        DeblurError: It cannot be read.
    """
    if not config.data.watch:
        return None
    from deblur_app.restoration.denoising.noise_level import noise_level_of_photo

    pixels = image_io.read(Path(config.data.watch).expanduser()).pixels
    if config.family.takes_whole_pictures:
        part = resize_pixels(pixels, config.network.side, config.network.side)
    else:
        part = _middle(pixels, 2 ** config.family.halvings(config.network))
    photo = to_uint8(part)[np.newaxis]
    if not config.data.is_synthetic:
        return WatchedPhoto(photo)
    return WatchedPhoto(photo, (np.array([noise_level_of_photo(pixels)], np.float32),))


def _middle(pixels: Pixels, multiple: int) -> Pixels:
    """Return the middle of a photo, its sides cut, or padded by mirroring, to a multiple of `multiple`."""
    height, width = (min(side, _LARGEST) // multiple * multiple or multiple for side in pixels.shape[:2])
    top, left = (max(side - part, 0) // 2 for side, part in zip(pixels.shape[:2], (height, width), strict=True))
    part = pixels[top : top + height, left : left + width]
    missing = (height - part.shape[0], width - part.shape[1])
    return np.pad(part, ((0, missing[0]), (0, missing[1]), (0, 0)), "symmetric") if any(missing) else part
