"""The process that runs a network: it takes tiles, gives them back restored, and waits a while for the next photo."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from deblur_app.engine.models.third_party import store
from deblur_app.engine.models.third_party.isolated import Isolated

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from deblur_app.core.picture import Pixels

READY, RESTORED, NO_MEMORY = "ready", "restored", "no memory"
"""Its messages: that it begins to compute, the tile, or that the tile is too large."""

_SECONDS_IDLE = 60.0
"""Seconds that a process waits for the next photo before it gives its memory back."""

type Key = tuple[str, str, str]
"""A network, the hash of its graph, and TensorFlow's name of the device."""

_SURELY_THERE = 50.0
"""Seconds for which a waiting process is taken: later it might end just then."""

_waiting: dict[Key, tuple[Isolated, float]] = {}
"""Processes that have done their work and wait for the next photo, and since when."""


def take(key: Key) -> Isolated:
    """Return a process that runs a network: the one that waits for work, or a new one."""
    if key in _waiting:
        network, since = _waiting.pop(key)
        if network.is_alive and time.monotonic() - since < _SURELY_THERE:
            return network
        network.close()
    name, sha256, tf_name = key
    return Isolated(_serve, store.graph_file(name), sha256, tf_name)


def keep(network: Isolated, key: Key) -> None:
    """Let a process wait for the next photo; another that waits for it already ends."""
    if key in _waiting:
        _waiting.pop(key)[0].close()
    _waiting[key] = network, time.monotonic()


def end_waiting() -> None:
    """End the processes that wait for work; they would do so by themselves a minute later."""
    while _waiting:
        _waiting.popitem()[1][0].close()


def _serve(line: Connection, file: Path, sha256: str, tf_name: str) -> None:
    """Run the process: take tiles and send them back restored, until no more are wanted."""
    from deblur_app.engine import devices

    devices.load_engine()
    from deblur_app.engine.models.third_party import graph_def

    data = graph_def.read(file, sha256)
    shape, predict = (0, 0), None
    while line.poll(_SECONDS_IDLE):
        pixels: Pixels = line.recv()
        if predict is None or pixels.shape[:2] != shape:
            predict = None  # before the next one is loaded
            shape = (pixels.shape[0], pixels.shape[1])
            predict = graph_def.load_network(data, *shape, tf_name)
        line.send((READY, None))
        try:
            answer: tuple[str, Pixels | None] = (RESTORED, predict(pixels))
        except (graph_def.TooLittleMemoryError, MemoryError):
            answer = (NO_MEMORY, None)
        line.send(answer)
