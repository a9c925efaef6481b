"""`deblur recipe`: how a saved photo was made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.cli.photos import add_json
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.file_names import RECIPE_SUFFIX
from deblur_app.engine.blend import PROTECTED
from deblur_app.engine.methods import registry
from deblur_app.engine.recipes import recipe_json, storage
from deblur_app.terminal import one_line, print_line

if TYPE_CHECKING:
    import argparse

    from deblur_app.engine.recipes.recipe import Recipe


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = (
        "Shows how a photo that Deblur saved was made: method, settings, blur and weights. “deblur restore --recipe” "
        "makes other photos so."
    )
    parser.add_argument("photo", type=Path, metavar="PHOTO", help=f"a saved photo, or its file {RECIPE_SUFFIX}")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show a recipe, and return the exit code.

    Raises:
        DeblurError: The file cannot be read, or holds none.
    """
    recipe = storage.read_recipe(options.photo)
    if options.json:
        print_line(
            json.dumps(
                {"input": str(options.photo), **recipe_json.to_table(recipe, with_kernels=False, with_mask=False)}
            )
        )
        return 0
    print_line(f"{one_line(str(options.photo))}: {_label(recipe.request.method)}, by Deblur {recipe.program}")
    for name, value in _list_facts(recipe):
        print_line(f"  {name + ':':<12} {value}")
    return 0


def _list_facts(recipe: Recipe) -> list[tuple[str, str]]:
    """Return what a recipe says, as names and values for people; defaults are left out."""
    request, outcome, blend = recipe.request, recipe.outcome, recipe.blend
    defaults = registry.find(request.method).complete_values({})
    changes = [f"{name}={value}" for name, value in request.values.items() if value != defaults.get(name)]
    protected = [f"{name}={amount}" for name, amount in blend.amounts.items() if amount and name in PROTECTED]
    missing_mask = f"{recipe.missing_mask} (left out of this file)" if recipe.missing_mask else ""
    is_other = outcome.method != request.method
    model = outcome.model
    missing = f"{recipe.missing_psf} (left out of this file)" if recipe.missing_psf else ""
    facts = [
        ("Settings", ", ".join(changes)),
        ("PSF", request.psf.describe() if request.psf else missing),
        ("Regions", "×".join(map(str, request.regions or ()))),
        ("Strength", f"{blend.strength} %" if blend.strength != 100 else ""),
        ("Protected", ", ".join(protected)),
        ("Mask", blend.mask.describe() if blend.mask else missing_mask),
        ("Check", "" if request.is_checked else "results were taken unchecked"),
        ("Blur found", outcome.diagnosis),
        ("Made by", _label(outcome.method) if is_other else ""),
        ("Network", f"{model.name}, SHA-256 {model.sha256[:16]}…" if model else ""),
    ]
    return [(name, one_line(value)) for name, value in facts if value]


def _label(method: str) -> str:
    try:
        return registry.find(method).label
    except DeblurError:  # of another version of the program
        return method
