"""The weights that a training starts from: those of a bundled model, of an installed one, of a card or of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.core.formats.model_card import card_content
from deblur_app.core.resources import resource
from deblur_app.engine.models import installed
from training.config.families import FAMILIES
from training.fit.larger_restorer import can_enlarge, enlarge
from training.runs.run import Run

if TYPE_CHECKING:
    from training.config.config import TrainingConfig
    from training.runs.array_file import Arrays

BUNDLED = "bundled"
"""The word for the weights that come with the program, where there are any for the network."""

type Kind = tuple[Any, dict[str, Any]]
"""An architecture and its parameters, as cards have them."""


def check_start(config: TrainingConfig) -> None:
    """Refuse start weights that are missing or do not fit the network; loads no TensorFlow.

    Raises:
        DeblurError: They are, or do not.
    """
    if config.network.start:
        _source(config)


def start_arrays(config: TrainingConfig) -> Arrays:
    """Return the weights that `config` starts from, named as in a checkpoint.

    Those of a smaller restorer become those of a larger one that computes the same, see `larger_restorer`.

    Raises:
        DeblurError: They are missing, broken, or do not fit the network.
    """
    source = _source(config)
    if isinstance(source, Run):
        kept = source.load_arrays("best") or {}
        arrays = {name: array for name, array in kept.items() if name.startswith("model/")}
    else:
        from deblur_app.networks import weights

        model, _ = weights.load(source)
        arrays = {f"model/{variable.path}": weights.values(variable) for variable in model.weights}
    (_, own), (_, wanted) = _complete(_kind_of(source)), _complete(_kind_of(config))
    return arrays if own == wanted else _enlarge(arrays, own["blocks"], config)


def _enlarge(arrays: Arrays, blocks: list[int], config: TrainingConfig) -> Arrays:
    from deblur_app.networks import weights
    from training.learning.train_step import build_network

    new = {f"model/{v.path}": weights.values(v) for v in build_network(config, "float32").weights}
    return enlarge(arrays, blocks, new, config.network.blocks)


def _source(config: TrainingConfig) -> Path | Run:
    """Return the card, or the run with its best weights so far, that the settings name, checked to fit them."""
    start = config.network.start
    source = _find_bundled_card(config) if start == BUNDLED else _find_weights(start)
    own, wanted = _complete(_kind_of(source)), _complete(_kind_of(config))
    if not _fits(own, wanted):
        raise DeblurError(
            f"The start weights “{start}” are those of {_describe(own)}, and these settings make "
            f"{_describe(wanted)}: they do not fit. Choose other weights, or the settings of their network."
        )
    return source


def _fits(own: Kind, wanted: Kind) -> bool:
    """Return whether a network of one kind can start from the weights of another."""
    if own == wanted or own[0] != wanted[0]:
        return own == wanted
    family = FAMILIES.get(own[0])
    return family is not None and family.can_be_enlarged and can_enlarge(own[1], wanted[1])


def _find_weights(start: str) -> Path | Run:
    """Return the run in a folder with weights of its own, or a card."""
    path = Path(start).expanduser()
    if not path.is_dir():
        return installed.card_of(start) if path == Path(start) else path
    run = Run(path)
    if (run.folder / "best.npz").is_file():
        return run
    if run.card.is_file():
        return run.card
    raise DeblurError(
        f"There are no weights to start from in “{path}”: it holds neither a model nor a run with an epoch done."
    )


def _find_bundled_card(config: TrainingConfig) -> Path:
    """Return the card of the bundled model of this kind of network, or of a smaller one that it can start from."""
    wanted = _complete(_kind_of(config))
    cards = [card for card in sorted(resource("weights").glob("*.json")) if _is_of_a_network(card)]
    kinds = {card: _complete(_kind_of(card)) for card in cards}
    fitting = [card for card, kind in kinds.items() if _fits(kind, wanted)]
    if not fitting:
        raise DeblurError(f"No weights come with the program for {_describe(wanted)}. Start from scratch.")
    return max(fitting, key=lambda card: kinds[card] == wanted)


def _is_of_a_network(card: Path) -> bool:
    """Return whether a card describes a network that can be trained, and no other model, such as a regression."""
    return card_content(card).get("architecture") in FAMILIES


def _kind_of(source: Path | Run | TrainingConfig) -> Kind:
    """Return the kind of network that a card, a run or settings describe."""
    if isinstance(source, Run):
        source = source.config
    if not isinstance(source, Path):
        return source.network.architecture, source.parameters
    content = card_content(source)
    parameters = content.get("parameters")
    if not isinstance(parameters, dict):
        raise DeblurError(f"The model card “{source}” is broken: it has no parameters. Get the model again.")
    return content["architecture"], parameters


def _complete(kind: Kind) -> Kind:
    """Return the kind with the parameters that older cards leave out, and with lists in place of tuples."""
    architecture, parameters = kind
    family = FAMILIES.get(architecture)
    full = {**(family.later_parameters if family else {}), **parameters}
    return architecture, {name: list(v) if isinstance(v, tuple) else v for name, v in full.items()}


def _describe(kind: Kind) -> str:
    architecture, parameters = kind
    article = "an" if architecture[0] in "aeiou" else "a"
    return f"{article} {architecture} with {', '.join(f'{name} = {value}' for name, value in parameters.items())}"
