"""The page on training, and the program that it tells of."""

from __future__ import annotations

import dataclasses
import re
import shlex
from pathlib import Path

import pytest

from docs import training_keys
from training.cli import main

TEXT = training_keys.PAGE.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    deblur-train (.*?)(?:  +#.*)?$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("name", training_keys.TABLES)
def test_every_key_is_explained(name):
    """By what its class says of it; a key cannot be added without a word."""
    holder = training_keys.TABLES[name]
    assert training_keys.meanings(holder).keys() == {field.name for field in dataclasses.fields(holder)}
    assert f"<!-- keys: {name} -->" in TEXT


def test_the_tables_are_those_of_the_program():
    """Nothing between the marks was typed: `python docs/training_keys.py` writes the same again."""
    assert training_keys.update_text(TEXT) == TEXT
    assert "| `patience` | `0` |" in TEXT


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_understood(command):
    """Each command of the page has options that the program knows."""
    assert main.make_parser().parse_args(shlex.split(command))


def test_links_lead_somewhere():
    """To other pages."""
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", TEXT):
        assert (Path(training_keys.PAGE).parent / link).exists(), link
