"""A model in one file, and its members."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from deblur_app.core.task import run_to_end
from deblur_app.engine.models import bundle
from tests.engine.models.bundles import CURVE, Members, jpeg

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def packed_model(tiny_card: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model as one file."""
    target = tmp_path_factory.mktemp("packed") / "tiny.deblur"
    return run_to_end(bundle.write_bundle(tiny_card, target, curve=CURVE, thumbnails={"input-1": jpeg()}))


@pytest.fixture(scope="module")
def members(packed_model: Path) -> Members:
    """Return what is in that file."""
    with zipfile.ZipFile(packed_model) as file:
        return {name: file.read(name) for name in file.namelist()}
