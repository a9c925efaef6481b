"""The recipe of a result: what was asked for, and what was done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app import __version__
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.file_names import RECIPE_SUFFIX
from deblur_app.core.formats.model_card import card_content
from deblur_app.core.texts import keep_english, tr
from deblur_app.engine.method import BUNDLED, Request
from deblur_app.engine.methods import registry
from deblur_app.engine.model_methods import MODEL
from deblur_app.engine.models import installed

if TYPE_CHECKING:
    from deblur_app.blur.psf import Psf
    from deblur_app.core.parameter import Values
    from deblur_app.engine.blend import Blend
    from deblur_app.engine.deblurring import Restored


@dataclass(frozen=True)
class ModelReference:
    """A model, known again by its weights wherever it lies.

    Attributes:
        name: What it is called; “bundled” for the weights that come with the program.
        sha256: The hash of its weights.
    """

    name: str
    sha256: str


@dataclass(frozen=True, eq=False)
class Outcome:
    """The choices that were made where a request leaves them open.

    Attributes:
        method: The method that gave the result: another one than asked for where that could not be used.
        values: All values of its parameters.
        diagnosis: The blur that was found, in words; "" where none was looked for.
        psf: The PSF that was estimated and undone; None where there is none, or that of the request was undone.
        model: The weights of its network, if it has one.
    """

    method: str
    values: Values
    diagnosis: str = ""
    psf: Psf | None = None
    model: ModelReference | None = None


@dataclass(frozen=True, eq=False)
class Recipe:
    """The making of a result: its settings, which can be applied to other photos, and what they led to.

    Attributes:
        request: The settings: method, values, PSF where one was given, regions, and whether the result was checked.
        blend: How much of the restoration was taken, and where.
        outcome: What was done.
        program: The version of Deblur.
        missing_psf: The PSF of the request in words, where its file had no room for its kernels; else "".
        missing_mask: The mask of the blend in words, where its file had no room for it; else "".
    """

    request: Request
    blend: Blend
    outcome: Outcome
    program: str = __version__
    missing_psf: str = ""
    missing_mask: str = ""


@keep_english()
def make_recipe(request: Request, restored: Restored, blend: Blend) -> Recipe:
    """Return the recipe of a result, without paths: a model is called by its name.

    Args:
        request: What was asked for.
        restored: What was done.
        blend: How much of it was taken.
    """
    made = restored.request
    outcome = Outcome(
        made.method,
        without_paths(made.values),
        restored.estimate.label if restored.estimate else "",
        None if made.psf is request.psf else made.psf,
        refer_to_model(made.method, made.values),
    )
    values = without_paths(registry.find(request.method).complete_values(request.values))
    asked = Request(request.method, values, psf=request.psf, regions=request.regions, is_checked=request.is_checked)
    return Recipe(asked, blend, outcome)


def find_model(recipe: Recipe) -> Recipe:
    """Return a recipe whose model, if it is one of the user's own, is an installed one with the same weights.

    Raises:
        DeblurError: None is.
    """
    name, wanted = recipe.request.values.get(MODEL, BUNDLED), recipe.outcome.model
    if name == BUNDLED:
        return recipe
    for model in installed.list_installed():
        if wanted is None or _hash_weights(model.card) == wanted.sha256:
            values = {**recipe.request.values, MODEL: str(model.card)}
            return replace(recipe, request=replace(recipe.request, values=values))
    raise DeblurError(
        tr(
            "The recipe takes the model “{name}”, which is not installed here. Install it with “deblur models add”, or "
            "name another one with --set model=…",
            name=name,
        )
    )


def check_psf(recipe: Recipe) -> None:
    """Refuse a recipe whose PSF was left out of its file.

    Raises:
        DeblurError: It was.
    """
    if recipe.missing_psf:
        raise DeblurError(
            tr(
                "The recipe was made with a PSF that had no room in the photo: {missing_psf}. Use the recipe "
                "beside the photo ({recipe_suffix}) if there is one, or choose the PSF yourself.",
                missing_psf=recipe.missing_psf,
                recipe_suffix=RECIPE_SUFFIX,
            )
        )


def check_mask(recipe: Recipe) -> None:
    """Refuse a recipe whose mask was left out of its file.

    Raises:
        DeblurError: It was.
    """
    if recipe.missing_mask:
        raise DeblurError(
            tr(
                "The recipe was made with a mask that had no room in the photo: {missing_mask}. Use the recipe "
                "beside the photo ({recipe_suffix}) if there is one, or give a mask.",
                missing_mask=recipe.missing_mask,
                recipe_suffix=RECIPE_SUFFIX,
            )
        )


def describe_differences(recipe: Recipe) -> str:
    """Return a sentence where the network that comes with this program is another one than that of a recipe."""
    outcome = recipe.outcome
    if outcome.model is None or outcome.model.name != BUNDLED or outcome.method not in registry.list_names():
        return ""
    if outcome.model == refer_to_model(outcome.method, {MODEL: BUNDLED}):
        return ""
    return tr(
        "The recipe is of Deblur {program}, whose network had other weights: results may differ.",
        program=recipe.program,
    )


def without_paths(values: Values) -> Values:
    """Return values in which a model is called by its name: what a folder is called concerns nobody else."""
    model = values.get(MODEL)
    if not isinstance(model, str) or model == BUNDLED:
        return values
    return {**values, MODEL: _name_model(Path(model))}


def _name_model(card: Path) -> str:
    return card.parent.name if card.name == "model.json" else card.stem


def refer_to_model(method: str, values: Values) -> ModelReference | None:
    """Return the model that a method computes with; None for a method without a network."""
    model, find_bundled_card = str(values.get(MODEL, BUNDLED)), registry.find(method).find_bundled_card
    if model != BUNDLED:
        return ModelReference(_name_model(Path(model)), _hash_weights(installed.card_of(model)))
    return ModelReference(BUNDLED, _hash_weights(find_bundled_card())) if find_bundled_card else None


def _hash_weights(card: Path) -> str:
    """Return the hash of the weights of a card; of several files that of their hashes. "" where it has none."""
    try:
        files = card_content(card).get("files") or {}
    except DeblurError:
        return ""
    hashes = [str(files[part]["sha256"]) for part in sorted(files)]
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()
