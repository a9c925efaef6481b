"""Small networks that have learnt nothing, in place of those that come with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deblur_app.engine import devices

if TYPE_CHECKING:
    from pathlib import Path


def make_card(folder: Path, pictures: int) -> Path:
    """A small network that has learnt nothing: it returns the first of its pictures."""
    devices.load_engine()
    from deblur_app.networks import restorer as network
    from deblur_app.networks import weights

    parameters: dict[str, Any] = {"widths": (4, 6), "blocks": (1, 1), "pictures": pictures}
    path = folder / f"model-{pictures}.json"
    weights.save(network.build_restorer(**parameters), weights.Card("small", "restorer", parameters), path)
    return path
