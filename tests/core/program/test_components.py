"""What the program consists of, with licences."""

from __future__ import annotations

import json
import tomllib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from deblur_app.core.program import components
from deblur_app.core.resources import resource

if TYPE_CHECKING:
    import pytest

_SHIPPED = ("gui", "formats")
_NOT_SHIPPED = ("dev", "fit", "gpu", "package", "ray")
"""Extras that stay with those who develop."""


def requirements(*extras: str) -> list[str]:
    """Return what Deblur and these extras ask for, as pyproject.toml says it now."""
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]


def test_the_list_is_complete() -> None:
    """Every installed package is in it, but those that only the tools of developers ask for."""
    listed = {canonicalize_name(d.name) for d in components.find_distributions(requirements=requirements(*_SHIPPED))}
    tools = {canonicalize_name(d.name) for d in components.find_distributions(requirements=requirements(*_NOT_SHIPPED))}
    installed = {canonicalize_name(d.name) for d in metadata.distributions()}
    assert {"numpy", "tensorflow", "keras", "pyside6-essentials", "imagecodecs", "scipy"} <= listed
    assert installed - tools - {"deblur", "pip", "uv"} <= listed


def test_python_and_drawings_are_listed_too() -> None:
    """They are no packages, and have licences."""
    assert {"Python", "Lucide", "numpy"} <= {part.name for part in components.find_components()}


def test_every_component_has_a_licence_in_name_or_text() -> None:
    """Most have both; a package builder adds the standard texts where only the name is given."""
    for part in components.find_components():
        assert part.version
        assert part.licence != "not named" or part.texts, part.name


def test_an_installed_list_is_read_with_its_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installed program has no metadata of packages, but the list that was made of them."""
    parts = [components.Component("x", "1", "MIT", texts=("texts/x-1.txt", "texts/x-2.txt"))]
    (tmp_path / "licences" / "texts").mkdir(parents=True)
    (tmp_path / "licences" / "components.json").write_text(components.as_json(parts), encoding="utf-8")
    for number in (1, 2):
        (tmp_path / "licences" / "texts" / f"x-{number}.txt").write_text(f"text {number}\n")
    monkeypatch.setattr(components, "resource", lambda *names: tmp_path.joinpath(*names))
    assert components.list_components() == parts
    assert components.read_texts(parts[0]) == "text 1\n\n\ntext 2"


def test_all_photographs_that_cards_name_are_credited() -> None:
    """Each source with its licence and the largest number of photographs that a network learned from."""
    credited = {source.source for source in components.photograph_sources()}
    named = set()
    for card in resource("weights").glob("*.json"):
        named |= {entry["source"] for entry in (json.loads(card.read_text()).get("data") or {}).get("photographs", [])}
    assert credited == named
    assert all(source.licence and source.photographs > 0 for source in components.photograph_sources())
