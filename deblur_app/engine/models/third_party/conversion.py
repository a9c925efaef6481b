"""A package becomes what is run: checked, converted, tried out, and written with a card."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.engine.models.third_party import known, package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.core.picture import Pixels

FORMAT = 1
"""Version of the card's layout."""

CARD, GRAPH, PACE = "card.json", "graph.pb", "pace.json"
"""The files of a network: what it is, what it computes, how fast it was."""

_PROBE = 128
"""Side in pixels of the picture that a network is tried out on, and its speed measured."""


@dataclass(frozen=True)
class Card:
    """The description of a network that was added.

    Attributes:
        name: Its key among the methods.
        package: Name of the package that it came in.
        version: Of the package.
        licence: Under which licence it may be used.
        source: Who made it.
        parameters: How many numbers it has learned.
        sha256: Of the stored graph.
    """

    name: str
    package: str
    version: str
    licence: str
    source: str
    parameters: int
    sha256: str


def convert(source: Path, place: Path) -> Task[Card]:
    """Check a package and write what is needed to run it into the folder `place`.

    Raises:
        DeblurError: It cannot be read, holds something else, or is not made of plain computing.
    """
    yield Progress(0.0, tr("Reading {name}", name=source.name))
    content = package.read(source)
    network, version = known.find_packaged(content.about)
    yield Progress(0.15, tr("Checking the network"))
    from deblur_app.engine.models.third_party import graph

    checked = graph.check_graph(content.model, content.shards)
    yield Progress(0.3, tr("Converting the network"))
    from deblur_app.engine import devices

    devices.load_engine()
    from deblur_app.engine.models.third_party import graph_def

    data = graph_def.serialize_graph(checked)
    yield Progress(0.5, tr("Trying it out"))
    predict = graph_def.load_network(data, _PROBE, _PROBE, devices.processor().tf_name)
    yield Progress(0.8, tr("Trying it out"))
    seconds = _measure_pace(predict)
    card = Card(network.name, network.package, version, network.licence, network.source, checked.parameters,
                   hashlib.sha256(data).hexdigest())  # fmt: skip
    write_atomic(place / GRAPH, data)
    write_atomic(place / PACE, json.dumps({devices.processor().name: seconds}).encode())
    write_atomic(place / CARD, json.dumps({"format": FORMAT, **asdict(card)}, indent=1).encode())
    return card


def _measure_pace(predict: Callable[[Pixels], Pixels]) -> float:
    """Measure the seconds for a pixel, from the second of two runs.

    Raises:
        DeblurError: What comes out is no picture.
    """
    import numpy as np

    sample = np.random.default_rng(0).random((_PROBE, _PROBE, 3), np.float32)
    predict(sample)
    begin = time.perf_counter()
    result = predict(sample)
    seconds = time.perf_counter() - begin
    if not np.isfinite(result).all():
        raise DeblurError(
            tr("The network makes no valid picture. It was not added: get the package from its publisher.")
        )
    return seconds / _PROBE**2
