"""`deblur methods`: the ways to deblur, with their settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from deblur_app.cli.photos import add_json
from deblur_app.engine.methods import registry
from deblur_app.terminal import print_line

if TYPE_CHECKING:
    import argparse

    from deblur_app.core.parameter import Parameter


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """List the methods, and return the exit code."""
    for method in registry.list_offered():
        if options.json:
            parameters = [_parameter_as_json(parameter) for parameter in method.parameters]
            print_line(json.dumps({"name": method.name, "label": method.label, "explanation": method.explanation,
                            "parameters": parameters}))  # fmt: skip
            continue
        print_line(f"{method.name}: {method.label}\n  {method.explanation}")
        for parameter in method.parameters:
            print_line(
                f"  --set {parameter.name}={parameter.default}  ({_range(parameter)})\n      {parameter.explanation}"
            )
    return 0


def _range(parameter: Parameter) -> str:
    if not isinstance(parameter.default, str):
        return f"{parameter.minimum:g} to {parameter.maximum:g} {parameter.unit}".rstrip()
    words = [f"{choice.value}: {choice.label}" for choice in parameter.choices]
    return "; ".join([*words, "or a file"] if parameter.is_file else words)


def _parameter_as_json(parameter: Parameter) -> dict[str, object]:
    number = not isinstance(parameter.default, str)
    return {
        "name": parameter.name,
        "label": parameter.label,
        "explanation": parameter.explanation,
        "default": parameter.default,
        "minimum": parameter.minimum if number else None,
        "maximum": parameter.maximum if number else None,
        "unit": parameter.unit,
        "choices": [choice.value for choice in parameter.choices],
        "is_file": parameter.is_file,
    }
