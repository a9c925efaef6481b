"""Small photos in folders, and a pool that restores in the process of the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deblur_app.core import image_io
from deblur_app.core.picture import Picture
from deblur_app.engine.batch.settings import BatchSettings
from deblur_app.engine.method import Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.core.picture import Pixels

type MakePhotos = Callable[..., Path]

SETTINGS = BatchSettings(Request("denoise"))
"""Quick, and without TensorFlow."""


@pytest.fixture
def make_photos(tmp_path: Path, scene: Pixels) -> MakePhotos:
    """Return a function that writes photos into a folder and returns it: their names may have folders in them."""

    def make(*names: str, folder: str = "in") -> Path:
        place = tmp_path / folder
        for number, name in enumerate(names):
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            image_io.write(Picture(scene[: 24 + number, :32].copy()), path)
        return place

    return make
