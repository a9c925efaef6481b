"""Readers of recipes: files of their own, and XMP packets of pictures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from deblur_app.blur import models
from deblur_app.blur.psf import Psf
from deblur_app.core.formats import xmp
from deblur_app.engine.blend import PLAIN
from deblur_app.engine.method import Request
from deblur_app.engine.recipes import recipe_json, storage
from deblur_app.engine.recipes.recipe import ModelReference, Outcome, Recipe
from tests.fuzz import mutations
from tests.fuzz.harness import Reader

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

_PSF = Psf(models.motion(5.0, 30.0))
_RECIPE = Recipe(
    Request("wiener", {"smoothing": 1.0}, psf=_PSF, regions=(2, 2)),
    PLAIN,
    Outcome("wiener", {"smoothing": 1.0}, "Motion blur, sure", None, ModelReference("bundled", "12ab")),
)
_TOKENS = (
    b"<rdf:Description",
    b"</rdf:RDF>",
    b"deblur:Recipe",
    b"<!DOCTYPE a [",
    b"&amp;",
    b"<![CDATA[",
    b"xmlns:",
    b"/>",
)


def _recipe(random: Random) -> bytes:
    return mutations.damage_json(recipe_json.to_table(_RECIPE), random)


def _packet(random: Random) -> bytes:
    text = json.dumps(recipe_json.to_table(_RECIPE, with_kernels=False))
    return mutations.damage(xmp.set_property(None, storage.PROPERTY, text), random, _TOKENS)


def _read_packet(path: Path) -> None:
    """Read the recipe of a packet, and set another one: what was read can be written."""
    packet = path.read_bytes()
    storage.parse_packet(packet, path.name)
    try:
        new = xmp.set_property(packet, storage.PROPERTY, "text")
    except ValueError:
        return
    assert xmp.read_property(new, storage.PROPERTY) == "text"


READERS = (
    Reader("recipe", "photo.jpg.deblur.json", _recipe, storage.read_recipe),
    Reader("recipe-xmp", "packet.xmp", _packet, _read_packet),
)
