"""A session, and files for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core import image_io
from deblur_app.core.parameter import Parameter
from deblur_app.core.picture import Picture
from deblur_app.core.task import Progress
from deblur_app.engine import devices
from deblur_app.engine.devices import Device
from deblur_app.engine.method import Method
from tests.gui.session.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.task import Task
    from tests.conftest import MethodTable


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, method_table: MethodTable) -> Iterator[Desk]:
    """A session whose only method needs no engine; it is idle again at the end."""
    desk = Desk(qtbot)
    strength = Parameter("strength", "Strength", "In per cent.", default=50, minimum=1, maximum=100)
    method_table.put(Method("dim", "Dim", "Dims.", (strength,), desk.dim, is_faithful=False))
    monkeypatch.setattr(devices, "choose", lambda _: (Device("cpu", "CPU", "/CPU:0"), ""))
    original = image_io.read_task

    def read_task(path: Path, page: int = 0) -> Task[Picture]:
        yield Progress(0.0)
        if gate := desk.held.get(path):
            assert gate.wait(20)
        return (yield from original(path, page))

    monkeypatch.setattr(image_io, "read_task", read_task)
    yield desk
    desk.may_deblur.set()
    for gate in desk.held.values():
        gate.set()
    desk.session.cancel()
    desk.wait()


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A picture of another size."""
    path = tmp_path / "other.png"
    image_io.write(Picture(np.full((30, 50, 3), 0.25, np.float32)), path)
    return path


@pytest.fixture
def broken_file(tmp_path: Path) -> Path:
    """A file that is no picture."""
    path = tmp_path / "broken.png"
    path.write_bytes(b"not a picture")
    return path
