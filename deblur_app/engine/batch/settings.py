"""The settings of a batch, as JSON and as a fingerprint that tells whether they changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from deblur_app.core.formats.foreign_json import Text, convert
from deblur_app.core.image_io.save_options import DEFAULT, SaveOptions
from deblur_app.engine.blend import PLAIN, Blend
from deblur_app.engine.method import PsfUse, Request
from deblur_app.engine.methods import registry
from deblur_app.engine.recipes import recipe, recipe_json
from deblur_app.engine.recipes.recipe import Outcome, Recipe

if TYPE_CHECKING:
    from deblur_app.core.parameter import Values


@dataclass(frozen=True)
class OutputOptions:
    """The files that results are written to.

    Attributes:
        suffix: Their ending; None keeps that of each photo where it can be written.
        pattern: The pattern of their names; None puts “_deblurred” behind that of the photo.
        has_recipe: Whether each says how it was made.
        has_sidecar: Whether its recipe is written beside it too.
        keeps_time: Whether it gets the time of change of its photo.
        leaves_sharp: Whether nothing is written for a photo in which no blur was found.
        metadata: Which metadata are kept, see `saving.metadata_choice`.
        save: Quality, depth and size.
    """

    suffix: Text | None = None
    pattern: Text | None = None
    has_recipe: bool = True
    has_sidecar: bool = False
    keeps_time: bool = False
    leaves_sharp: bool = False
    metadata: Literal["all", "no-position", "none"] = "all"
    save: SaveOptions = DEFAULT


@dataclass(frozen=True, eq=False)
class BatchSettings:
    """How each photo is restored, and how its result is written."""

    request: Request = field(default_factory=Request)
    blend: Blend = PLAIN
    output: OutputOptions = field(default_factory=OutputOptions)


@dataclass(frozen=True, eq=False)
class Override:
    """Settings of one photo that differ from those of the batch.

    Attributes:
        method: The method; "" takes that of the batch.
        values: Values of the parameters of that method; those left out take their defaults.
        strength: Of the change, in per cent; None takes that of the batch.
    """

    method: str = ""
    values: Values = field(default_factory=dict)
    strength: int | None = None


def override_settings(settings: BatchSettings, override: Override | None) -> BatchSettings:
    """Return the settings of one photo."""
    if override is None:
        return settings
    request, blend = settings.request, settings.blend
    if override.method:
        method = registry.find(override.method)
        request = replace(
            request,
            method=method.name,
            values=method.complete_values(override.values),
            psf=request.psf if method.psf is PsfUse.GIVEN else None,
            regions=request.regions if method.psf is not PsfUse.NONE else None,
        )
    if override.strength is not None:
        blend = replace(blend, strength=override.strength)
    return replace(settings, request=request, blend=blend)


def needs_tensorflow(settings: BatchSettings) -> bool:
    """Return whether processes load TensorFlow: for the method, or to estimate the blur that a method undoes."""
    request = settings.request
    method = registry.find(request.method)
    is_estimated = method.psf is PsfUse.ESTIMATED or (method.psf is PsfUse.GIVEN and request.psf is None)
    return method.is_neural or is_estimated


@dataclass(frozen=True)
class _Form:
    recipe: dict[str, Any]
    output: OutputOptions


def to_table(settings: BatchSettings) -> dict[str, Any]:
    """Return settings as plain values for JSON; a model of the user's own is known by the hash of its weights."""
    request = settings.request
    values = registry.find(request.method).complete_values(request.values)
    request = replace(request, values=recipe.without_paths(values))
    model = recipe.refer_to_model(request.method, values)
    table = recipe_json.to_table(Recipe(request, settings.blend, Outcome(request.method, {}, model=model)))
    del table["program"]  # another version does not make results out of date
    return {"recipe": table, "output": asdict(settings.output)}


def from_table(table: Any) -> BatchSettings:
    """Return the settings of such a table.

    Raises:
        DeblurError: They ask for what there is not.
        ValueError: They are none.
    """
    form = convert(table, _Form)
    read = recipe.find_model(recipe_json.from_json(json.dumps(form.recipe).encode(), "journal"))
    return BatchSettings(read.request, read.blend, form.output)


def find_fingerprint(settings: BatchSettings) -> str:
    """Return a hash that two settings share which give equal files for one photo."""
    return hashlib.sha256(json.dumps(to_table(settings), sort_keys=True).encode()).hexdigest()[:32]
