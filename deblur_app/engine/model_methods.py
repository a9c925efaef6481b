"""Models of the user's own: which method takes one, which there are for a method, and whether one can be used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.core.formats.model_card import card_content
from deblur_app.core.parameter import Choice, Parameter
from deblur_app.core.texts import tr
from deblur_app.engine.methods import registry
from deblur_app.engine.models import installed

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device
    from deblur_app.engine.method import Method

MODEL = "model"
"""Name of the parameter that takes a model."""


def method_for(card: Path) -> str:
    """Return the name of the method that takes the model of a card; needs no TensorFlow.

    Raises:
        DeblurError: It is no card, or that of a model that no method takes.
    """
    kind = _kind(card)
    for method in registry.METHODS:
        if method.network and method.network == kind:
            return method.name
    raise DeblurError(
        tr("“{name}” is not a model card of a network that deblurs. Choose the .json file of one.", name=card.name)
    )


def parameters_of(method: Method) -> tuple[Parameter, ...]:
    """Return the parameters of a method, with the installed models that it takes among the choices of its model."""
    return tuple(_with_installed(p, method) if p.name == MODEL and p.is_file else p for p in method.parameters)


def _with_installed(parameter: Parameter, method: Method) -> Parameter:
    models = [m for m in installed.list_installed() if _kind(m.card) == method.network]
    return replace(parameter, choices=(*parameter.choices, *(Choice(str(m.card), m.name) for m in models)))


def check(card: Path, device: Device) -> Task[Any]:
    """Load a model, so that it is known whether it can be used.

    Raises:
        DeblurError: It cannot, or no method takes it.
    """
    load_model = registry.find(method_for(card)).load_model
    return (yield from load_model(card, device)) if load_model else None


def _kind(card: Path) -> str:
    """Return the kind of network that a card names: as in `Method.network`."""
    try:
        content = card_content(card)
    except DeblurError:
        return ""
    parameters = content.get("parameters")
    is_guided = isinstance(parameters, dict) and parameters.get("pictures", 1) != 1
    return f"{content['architecture']}{'-guided' if is_guided else ''}"
