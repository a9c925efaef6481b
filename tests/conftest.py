"""Fixtures of all tests: a real scene, a photo of it, and a model small enough to build in a moment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import settings

from deblur_app.blur import degrade, models
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from deblur_app.engine.method import Method

# As `devices.load_engine` does, also where a test imports TensorFlow by itself.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

settings.register_profile("patient", deadline=None)  # a busy machine is no failure
settings.load_profile("patient")


@pytest.fixture(scope="session")
def scene() -> Pixels:
    """A face, sharp: shape (60, 80, 3)."""
    from skimage.data import astronaut

    pixels = from_integer(np.ascontiguousarray(astronaut()[70:130, 180:260]))
    pixels.setflags(write=False)
    return pixels


class MethodTable:
    """The table of methods, as a test changes it: entries keep their places, and new ones come last."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def put(self, *methods: Method) -> None:
        """Replace the methods of these names, or add them."""
        from deblur_app.engine.methods import registry

        table = {method.name: method for method in (*registry.METHODS, *methods)}
        self._monkeypatch.setattr(registry, "METHODS", tuple(table.values()))

    def keep(self, *names: str) -> None:
        """Leave out all methods but those of these names."""
        from deblur_app.engine.methods import registry

        self._monkeypatch.setattr(registry, "METHODS", tuple(m for m in registry.METHODS if m.name in names))


@pytest.fixture
def method_table(monkeypatch: pytest.MonkeyPatch) -> MethodTable:
    """The table of methods; after the test it is whole and in its own order again."""
    return MethodTable(monkeypatch)


@pytest.fixture
def log_file(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the log of the program goes in this test."""
    from deblur_app.core.files import log_file

    folder = tmp_path_factory.mktemp("log")
    monkeypatch.setattr(log_file, "log_folder", lambda: folder)
    return log_file.log_file()


@pytest.fixture
def truth(tmp_path: Path, scene: Pixels) -> Path:
    """The scene as a file."""
    path = tmp_path / "sharp.png"
    image_io.write(Picture(scene), path)
    return path


@pytest.fixture
def photo(tmp_path: Path, scene: Pixels) -> Path:
    """A photo of the scene, taken while the camera moved."""
    path = tmp_path / "photo.png"
    image_io.write(Picture(degrade.blur(scene, models.motion(7, 30))), path)
    return path


@pytest.fixture(scope="session")
def tiny_card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The card of an untrained autoencoder for squares of 16 pixels, with its weights beside it."""
    from deblur_app.engine import devices

    devices.load_engine()
    from deblur_app.networks import autoencoder, weights

    parameters = {"side": 16, "filters": (4, 8), "latent": 8}
    path = tmp_path_factory.mktemp("model") / "model.json"
    card = weights.Card(name="tiny", architecture="autoencoder", parameters=parameters)
    weights.save(autoencoder.build_autoencoder(**parameters), card, path)
    return path
