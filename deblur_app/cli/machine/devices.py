"""`deblur devices`: what computes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from deblur_app.cli.photos import add_json
from deblur_app.engine import devices
from deblur_app.terminal import print_line

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """List the devices, and return the exit code."""
    for device in devices.list_devices():
        works = not device.is_gpu or devices.works(device)
        if options.json:
            print_line(json.dumps({"name": device.name, "label": device.label, "works": works}))
        else:
            print_line(f"{device.name}: {device.label}{'' if works else ' – does not work with this TensorFlow'}")
    return 0
