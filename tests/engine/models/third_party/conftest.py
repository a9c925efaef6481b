"""A package with a tiny network, and folders that only these tests have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deblur_app.engine.models.third_party import serving, store
from tests.engine.models.third_party.tiny import Made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def tiny_package() -> Made:
    """A package that nothing is wrong with."""
    return Made()


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of networks that only this test has."""
    place = tmp_path / "guests"
    monkeypatch.setattr(store, "folder", lambda: place)
    return place


@pytest.fixture(scope="module")
def added_network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The tiny network, added by the program itself; no process is left behind."""
    from deblur_app.core.task import run_to_end

    place, content = tmp_path_factory.mktemp("added"), Made()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "folder", lambda: place / "guests")
        run_to_end(store.add(content.archive(place / "tiny.tgz")))
        yield content
        serving.end_waiting()
