"""Recipes as JSON. What is read may be a stranger's: types, sizes and ranges are checked, and nothing in it is run."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from msgspec import Meta

from deblur_app.blur import kinds
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.kernel_files import grids
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Origin, Psf
from deblur_app.core.errors import DeblurError
from deblur_app.core.formats.foreign_json import Text, convert, parse_json
from deblur_app.core.texts import keep_english, tr
from deblur_app.engine.blend import Blend, blend_of
from deblur_app.engine.masks.mask_json import MaskForm, mask_of_form, mask_table
from deblur_app.engine.method import Request
from deblur_app.engine.methods import registry
from deblur_app.engine.recipes.recipe import ModelReference, Outcome, Recipe

if TYPE_CHECKING:
    from deblur_app.core.parameter import Values

FORMAT = 1
"""Version of the form below. A larger one is refused; a new key with a default needs none."""

LARGEST = 8_000_000
"""Characters of a recipe at most: kernels of 3 × 4 regions of 65 pixels take some 200,000."""

type _Values = Annotated[dict[Text, bool | int | float | Text], Meta(max_length=100)]
type _Side = Annotated[int, Meta(ge=1, le=grids.MAX_REGIONS)]


@dataclass(frozen=True)
class _BlurForm:
    kind: Text
    values: _Values = field(default_factory=dict)


@dataclass(frozen=True)
class _PsfForm:
    """A PSF: its words are for people who read the file; `kernels` is a file of kernels (.npz) in base 64."""

    label: Text
    origin: Literal["given", "drawn", "estimated"]
    confidence: Annotated[float, Meta(ge=0, le=1)] = 1.0
    blur: _BlurForm | None = None
    kernels: Annotated[str, Meta(max_length=LARGEST)] = ""
    reduction: Annotated[int, Meta(ge=1, le=64)] = 1


@dataclass(frozen=True)
class _ModelForm:
    name: Text
    sha256: Text


@dataclass(frozen=True)
class _OutcomeForm:
    method: Text
    values: _Values = field(default_factory=dict)
    diagnosis: Text = ""
    psf: _PsfForm | None = None
    model: _ModelForm | None = None


@dataclass(frozen=True)
class _Form:
    deblur_recipe: Annotated[int, Meta(ge=1)]
    method: Text
    outcome: _OutcomeForm
    values: _Values = field(default_factory=dict)
    psf: _PsfForm | None = None
    regions: tuple[_Side, _Side] | None = None
    is_checked: bool = True
    blend: _Values = field(default_factory=dict)
    mask: MaskForm | None = None
    program: Text = ""


@keep_english()
def to_table(recipe: Recipe, *, with_kernels: bool = True, with_mask: bool = True) -> dict[str, Any]:
    """Return a recipe as plain values for JSON.

    Args:
        recipe: The recipe.
        with_kernels: Whether with the kernels of its PSFs, which may be long; without them a PSF is still described.
        with_mask: Whether with the shapes or the picture of its mask, which may be long; else it is described.
    """
    request, outcome = recipe.request, recipe.outcome
    done: dict[str, Any] = {"method": outcome.method, "values": dict(outcome.values), "diagnosis": outcome.diagnosis}
    if outcome.psf is not None:
        done["psf"] = _psf_table(outcome.psf, with_kernels=with_kernels)
    if outcome.model:
        done["model"] = {"name": outcome.model.name, "sha256": outcome.model.sha256}
    table: dict[str, Any] = {"deblur_recipe": FORMAT, "program": recipe.program, "method": request.method}
    table["values"] = dict(request.values)
    if request.psf is not None:
        table["psf"] = _psf_table(request.psf, with_kernels=with_kernels)
    elif recipe.missing_psf:
        table["psf"] = {"label": recipe.missing_psf}
    if request.regions:
        table["regions"] = list(request.regions)
    blend = recipe.blend
    if blend.mask:
        table["mask"] = mask_table(blend.mask) if with_mask else {"label": blend.mask.describe()}
    elif recipe.missing_mask:
        table["mask"] = {"label": recipe.missing_mask}
    return {**table, "is_checked": request.is_checked, "blend": blend.amounts, "outcome": done}


def to_json(recipe: Recipe, *, with_kernels: bool = True, with_mask: bool = True, indent: int | None = None) -> str:
    """Return a recipe as JSON in ASCII; for the arguments see `to_table`."""
    return json.dumps(to_table(recipe, with_kernels=with_kernels, with_mask=with_mask), indent=indent)


def from_json(data: bytes, name: str) -> Recipe:
    """Return the recipe in a JSON text.

    Args:
        data: The text.
        name: What the user calls its file, for the message.

    Raises:
        DeblurError: It is no recipe, of a newer program, or asks for what there is not.
    """
    try:
        content = parse_json(data, LARGEST)
        version = content.get("deblur_recipe", FORMAT) if isinstance(content, dict) else FORMAT
        if isinstance(version, int) and version > FORMAT:
            raise DeblurError(
                tr("The recipe of “{name}” was written by a newer Deblur. Install that to use it.", name=name)
            )
        return _recipe_of(convert(content, _Form))
    except ValueError as error:
        raise DeblurError(tr("“{name}” holds no recipe of Deblur: {error}.", name=name, error=error)) from error


def _recipe_of(form: _Form) -> Recipe:
    values = registry.find(form.method).complete_values(form.values)
    psf = _psf_of(form.psf) if form.psf else None
    request = Request(form.method, values, psf=psf, regions=form.regions, is_checked=form.is_checked)
    model = form.outcome.model
    outcome = Outcome(
        form.outcome.method,
        form.outcome.values,
        form.outcome.diagnosis,
        _psf_of(form.outcome.psf) if form.outcome.psf else None,
        ModelReference(model.name, model.sha256) if model else None,
    )
    blend = blend_of(form.blend) if form.blend else Blend()
    mask = mask_of_form(form.mask) if form.mask else None
    return Recipe(
        request,
        replace(blend, mask=mask),
        outcome,
        form.program,
        form.psf.label if form.psf and psf is None else "",
        form.mask.label if form.mask and mask is None else "",
    )


def _psf_table(psf: Psf, *, with_kernels: bool) -> dict[str, Any]:
    table: dict[str, Any] = {"label": psf.describe(), "origin": psf.origin.value, "confidence": float(psf.confidence)}
    if psf.reduction > 1:
        table["reduction"] = psf.reduction
    if psf.model:
        table["blur"] = {"kind": psf.model.kind, "values": _plain_values(psf.model.values)}
    if with_kernels and not _is_of_model(psf):
        table["kernels"] = base64.b64encode(kernel_files.psf_bytes(psf, is_packed=True)).decode()
    return table


def _plain_values(values: Values) -> dict[str, str | int | float]:
    """Return values as JSON knows them: an estimate may be a number of NumPy's."""
    return {name: value if isinstance(value, str | int) else float(value) for name, value in values.items()}


def _is_of_model(psf: Psf) -> bool:
    """Return whether the kernel is exactly that of the kind of blur and its values, which then say it all."""
    return (
        psf.model is not None
        and psf.uniform is not None
        and psf.trust is None
        and np.array_equal(psf.uniform, psf.model.kernel())
    )


def _psf_of(form: _PsfForm) -> Psf | None:
    """Return the PSF of a form; None where its kernels were left out and no kind of blur says what they are."""
    origin, model = Origin(form.origin), Blur(form.blur.kind, form.blur.values) if form.blur else None
    if model:
        kinds.find(model.kind).complete_values(model.values)
    if form.kernels:
        try:
            psf = kernel_files.parse_psf(base64.b64decode(form.kernels, validate=True), "recipe")
        except (binascii.Error, DeblurError) as error:
            raise ValueError("its kernels are damaged") from error
        return replace(psf, origin=origin, model=model, confidence=form.confidence, reduction=form.reduction)
    return Psf.of_model(model, origin, form.confidence) if model else None
