"""The settings of a restoration on the command line: options, on top of a recipe where one is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.cli.options import psf_option
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.file_names import RECIPE_SUFFIX
from deblur_app.engine.blend import PLAIN, PROTECTED, Blend, blend_of_text
from deblur_app.engine.masks.mask import read_mask
from deblur_app.engine.method import PsfUse, Request
from deblur_app.engine.methods import registry
from deblur_app.engine.model_methods import MODEL
from deblur_app.engine.recipes import recipe, storage
from deblur_app.terminal import print_error

if TYPE_CHECKING:
    import argparse

    from deblur_app.blur.psf import Psf


def add_recipe(parser: argparse.ArgumentParser) -> None:
    """Add the options about recipes."""
    add = parser.add_argument
    add("--recipe", type=Path, metavar="FILE",
        help="take the settings of a photo that Deblur saved, or of a .deblur.json file; other options go before them. "
        "A blur that was estimated is estimated anew in each photo")  # fmt: skip
    add("--sidecar", action="store_true",
        help=f"write the recipe of each result beside it too, as NAME{RECIPE_SUFFIX}")  # fmt: skip
    add("--no-recipe", action="store_true", help="write no recipe into the results")


def choose_settings(options: argparse.Namespace) -> tuple[Request, Blend]:
    """Return the request and the blend that the options ask for.

    Raises:
        DeblurError: A setting is wrong, the PSF, the mask or the recipe cannot be read, or the model of the recipe is
            missing.
    """
    given = dict(options.values)
    request, blend = _read_recipe(options, has_model=MODEL in given) if options.recipe else (Request(), PLAIN)
    method = options.method or request.method
    kept = request.values if method == request.method else {}
    values = registry.find(method).complete_values({**kept, **given})
    psf = choose_psf(options, method)
    if psf is None and registry.find(method).psf is PsfUse.GIVEN:
        psf = request.psf
    regions = options.regions or (request.regions if registry.find(method).psf is not PsfUse.NONE else None)
    is_checked = request.is_checked and not options.unchecked
    return Request(method, values, options.device, psf, regions, is_checked=is_checked), _choose_blend(options, blend)


def _read_recipe(options: argparse.Namespace, *, has_model: bool) -> tuple[Request, Blend]:
    read = storage.read_recipe(options.recipe)
    if options.psf is None and registry.find(options.method or read.request.method).psf is PsfUse.GIVEN:
        recipe.check_psf(read)
    if options.mask is None:
        recipe.check_mask(read)
    if not has_model:  # else that one is taken
        read = recipe.find_model(read)
        if note := recipe.describe_differences(read):
            print_error(note)
    else:
        values = {name: value for name, value in read.request.values.items() if name != MODEL}
        read = replace(read, request=replace(read.request, values=values))
    return read.request, read.blend


def _choose_blend(options: argparse.Namespace, kept: Blend) -> Blend:
    """Return the blend of the options; of a recipe where they say nothing."""
    wanted = blend_of_text(options.strength or "100", options.protect or "")
    if options.strength is None:
        wanted = replace(wanted, strength=kept.strength)
    if options.protect is None:
        wanted = replace(wanted, **{name: getattr(kept, name) for name in PROTECTED})
    return replace(wanted, mask=read_mask(options.mask) if options.mask else kept.mask)


def choose_psf(options: argparse.Namespace, method: str) -> Psf | None:
    """Return the PSF of `options`; None for none.

    Raises:
        DeblurError: The method takes none, or it cannot be read.
    """
    use = registry.find(method).psf
    if (options.psf is not None and use is not PsfUse.GIVEN) or (options.regions and use is PsfUse.NONE):
        takers = ", ".join(known.name for known in registry.METHODS if known.psf is PsfUse.GIVEN)
        raise DeblurError(f"The method {method} takes no PSF. Those that do are: {takers}.")
    return None if options.psf is None else psf_option.parse_psf(options.psf)
