"""All that is special about a network stands in its file of `training/trainables` and in the rules of its settings."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import deblur_app.gui
import training
from training.config.families import FAMILIES
from training.config.sections import Source
from training.trainables.trainables import TRAINABLES, propose_network

HOMES = ("trainables", "config")


def test_no_other_module_asks_which_network_it_is() -> None:
    """None of training and of the window has the name of an architecture in it, but for documentation."""
    training_root, window = Path(training.__path__[0]), Path(deblur_app.gui.__path__[0])
    homes = {training_root / home for home in HOMES}
    names = {*FAMILIES, *TRAINABLES}
    places = [
        f"{path.name}:{node.lineno}"
        for path in (*sorted(training_root.rglob("*.py")), *sorted(window.rglob("*.py")))
        if homes.isdisjoint(path.parents)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in names
    ]
    assert places == []


def test_the_usual_settings_of_each_network_are_its_own() -> None:
    """The file of its settings names the architecture that its entry says."""
    for trainable in TRAINABLES.values():
        config = trainable.config()
        assert (config.network.architecture, config.data.deconvolved) == (trainable.architecture, trainable.deconvolved)
        assert config.data.source == trainable.sources[0]


def test_a_network_is_proposed_for_each_source() -> None:
    """One that can learn from it; so that the first page of the wizard is answered for any pictures."""
    for source in get_args(Source.__value__):
        assert source in TRAINABLES[propose_network(source)].sources
