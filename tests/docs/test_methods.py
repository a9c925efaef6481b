"""The pages on the methods, and the program that they tell of."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from deblur_app.blur import models
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.psf import Psf
from deblur_app.cli import main
from deblur_app.cli.options import recipe_option
from deblur_app.engine.combine import COMBINATIONS
from deblur_app.engine.methods import registry
from docs import methods_pages

PAGES = sorted(methods_pages.PAGES.glob("*.md"))
_COMMAND = re.compile(r"^    (deblur .*?)(?:  +#.*)?$", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


@pytest.mark.parametrize("name", [*registry.list_names(), *COMBINATIONS])
def test_every_method_has_a_page_that_the_index_links_to(name):
    """Whoever reads a name in the program finds what it does, by that name."""
    index = (methods_pages.PAGES / "README.md").read_text(encoding="utf-8")
    linked = re.search(rf"\[`{re.escape(name)}`\]\(([\w-]+\.md)\)", index)
    assert linked, f"docs/methods/README.md has no link called `{name}`"
    page = (methods_pages.PAGES / linked[1]).read_text(encoding="utf-8")
    option = f"--as {name}" if name in COMBINATIONS else f"--method {name}"
    assert option in page


@pytest.mark.parametrize("name", registry.list_names())
def test_every_setting_is_on_some_page(name):
    """The settings of each method are in a table that comes from the program."""
    assert any(f"<!-- settings: {name} -->" in page.read_text(encoding="utf-8") for page in PAGES)


@pages
def test_settings_and_figures_are_those_of_the_program(page):
    """Nothing between the marks was typed: `python docs/methods_pictures.py --pages` writes the same again."""
    text = page.read_text(encoding="utf-8")
    assert methods_pages.update_text(text) == text


@pages
def test_links_lead_somewhere(page):
    """Pages and pictures that are linked to are there."""
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


@pages
def test_commands_are_understood(page, tmp_path, monkeypatch):
    """Each command of a page has options, methods, settings and blurs that the program knows."""
    monkeypatch.chdir(tmp_path)
    for ending in ("png", "npy"):
        kernel_files.write_kernel(models.defocus(3.0), Path(f"kernel.{ending}"))
    for name in ("grid", "field"):
        kernel_files.write_psf(Psf(models.defocus(3.0)), Path(f"{name}.npz"))
    for command in _COMMAND.findall(page.read_text(encoding="utf-8")):
        options = main.make_parser().parse_args(shlex.split(command)[1:])
        if options.command == "restore":
            recipe_option.choose_settings(options)
