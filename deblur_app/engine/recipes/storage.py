"""Recipes in files: inside a picture as a property of its XMP, or beside it as JSON."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.file_names import RECIPE_SUFFIX
from deblur_app.core.files.plain_file import read_plain
from deblur_app.core.files.targets import Target
from deblur_app.core.formats import xmp
from deblur_app.core.texts import tr
from deblur_app.engine.recipes import recipe_json

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.files.targets import ProtectedFiles
    from deblur_app.core.picture import Picture
    from deblur_app.engine.recipes.recipe import Recipe

log = logging.getLogger(__name__)

PROPERTY = xmp.Property("http://ns.deblur.org/recipe/1.0/", "deblur", "Recipe")
"""The recipe as JSON. The address names the namespace and need not lead anywhere (XML Namespaces 1.0, 2.1)."""

_LARGEST_PACKET = 65_000
"""Bytes: a segment of a JPEG holds 65,533, of which the mark of XMP takes 29."""


def attach_recipe(picture: Picture, recipe: Recipe) -> Picture:
    """Return a picture whose XMP holds a recipe, beside all that is there already.

    Kernels that would make the packet too long for a JPEG are left out, and then the mask; a packet that is no XMP is
    left as it is.
    """
    packet = picture.metadata.xmp
    try:
        for with_kernels, with_mask in ((True, True), (False, True), (False, False)):
            text = recipe_json.to_json(recipe, with_kernels=with_kernels, with_mask=with_mask)
            new = xmp.set_property(packet, PROPERTY, text)
            if len(new) <= _LARGEST_PACKET:
                return replace(picture, metadata=replace(picture.metadata, xmp=new))
    except ValueError as error:
        log.warning("The recipe cannot be added to the XMP of the photo: %s", error)
    return picture


def has_recipe(picture: Picture) -> bool:
    """Return whether a picture seems to hold a recipe: its XMP names the namespace."""
    return PROPERTY.namespace.encode() in (picture.metadata.xmp or b"")


def find_recipe(picture: Picture) -> Recipe | None:
    """Return the recipe inside a picture; None where it holds none.

    Raises:
        DeblurError: It is damaged, or of a newer program.
    """
    return parse_packet(picture.metadata.xmp, picture.path.name if picture.path else "picture")


def parse_packet(packet: bytes | None, name: str) -> Recipe | None:
    """Return the recipe inside an XMP packet; None where there is none. For errors see `find_recipe`."""
    try:
        text = xmp.read_property(packet, PROPERTY) if packet else None
    except ValueError as error:
        log.warning("The XMP of %s cannot be read: %s", name, error)
        return None
    return recipe_json.from_json(text.encode(), name) if text else None


def read_recipe(path: Path) -> Recipe:
    """Return the recipe of a file: of a picture, inside it or, where it is not there as a whole, beside it; or a file.

    Raises:
        DeblurError: The file cannot be read, or there is no recipe.
    """
    if path.suffix.lower() == ".json":
        return recipe_json.from_json(read_plain(path, recipe_json.LARGEST), path.name)
    recipe, beside = find_recipe(image_io.read(path)), sidecar_of(path)
    if beside.is_file() and (recipe is None or recipe.missing_psf or recipe.missing_mask):
        return read_recipe(beside)
    if recipe:
        return recipe
    raise DeblurError(
        tr("“{name}” holds no recipe. Photos that Deblur saves have one, except as .bmp.", name=path.name)
    )


def sidecar_of(picture: Path) -> Path:
    """Return the path of the file with the recipe of a picture."""
    return picture.with_name(picture.name + RECIPE_SUFFIX)


def write_sidecar(recipe: Recipe, picture: Path, *, may_replace: bool, protected: ProtectedFiles) -> Path:
    """Write a recipe beside its picture, and return the file; for errors see `Target.write`."""
    target = Target.at(sidecar_of(picture), may_replace=may_replace, protected=protected)
    return target.write(recipe_json.to_json(recipe, indent=1).encode() + b"\n")
