"""All that is special about a network stands in its file of `training/trainables` and in the rules of its settings."""

from __future__ import annotations

import ast
from pathlib import Path

import training
from training.config.families import FAMILIES
from training.trainables.trainables import TRAINABLES

HOMES = ("trainables", "config")


def test_no_other_module_asks_which_network_it_is() -> None:
    """None of them has the name of an architecture in it, but for documentation."""
    root = Path(training.__path__[0])
    names = {*FAMILIES, *TRAINABLES}
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in sorted(root.rglob("*.py"))
        if path.relative_to(root).parts[0] not in HOMES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in names
    ]
    assert found == []


def test_the_usual_settings_of_each_network_are_its_own() -> None:
    """The file of its settings names the architecture that its entry says."""
    for trainable in TRAINABLES.values():
        config = trainable.config()
        assert (config.network.architecture, config.data.deconvolved) == (trainable.architecture, trainable.deconvolved)
        assert config.data.source == trainable.sources[0]
