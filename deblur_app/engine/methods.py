"""The ways to deblur. Forms in the window, options of the command line and the batch are drawn from `METHODS`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.engine import devices

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device

BUNDLED = "bundled"
"""The name of the model that comes with the program."""

type Value = str | int | float
type Values = Mapping[str, Value]


@dataclass(frozen=True)
class Choice:
    """One entry of a parameter that takes one of several words.

    Attributes:
        value: The word on the command line and in settings.
        label: What people read.
    """

    value: str
    label: str


@dataclass(frozen=True)
class Parameter:
    """One knob of a method.

    Attributes:
        name: What it is called in code, on the command line and in settings.
        label: What people read.
        explanation: One sentence.
        default: The value where none is given; its type is the parameter's type.
        minimum: Smallest value of a number.
        maximum: Largest value of a number.
        unit: Unit of a number, such as “px”.
        choices: The words it may take; empty for numbers and files.
        is_file: Whether it takes the path of a file besides its choices.
    """

    name: str
    label: str
    explanation: str
    default: Value
    minimum: float = 0.0
    maximum: float = 0.0
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    is_file: bool = False

    def checked(self, value: Value) -> Value:
        """`value`, as the type of the parameter; text from a command line is converted.

        Raises:
            DeblurError: It is no such value, or outside the range.
        """
        if isinstance(self.default, str):
            words = [choice.value for choice in self.choices]
            if str(value) in words or self.is_file:
                return str(value)
            raise DeblurError(f"{self.label} cannot be “{value}”. Choose one of: {', '.join(words)}.")
        try:
            number = type(self.default)(value)
        except (ValueError, TypeError, OverflowError):
            kind = "a whole number" if isinstance(self.default, int) else "a number"
            raise DeblurError(f"{self.label} must be {kind}, not “{value}”.") from None
        if not self.minimum <= number <= self.maximum:
            unit = f" {self.unit}" if self.unit else ""
            raise DeblurError(f"{self.label} must lie between {self.minimum:g} and {self.maximum:g}{unit}: {value}.")
        return number


@dataclass(frozen=True)
class Method:
    """A way to deblur.

    Attributes:
        name: Its key in `METHODS`.
        label: What people read.
        explanation: One sentence: what it does and when to take it.
        parameters: Its knobs.
        run: Takes pixels, the device, and the values of the parameters by name; a task that returns pixels.
    """

    name: str
    label: str
    explanation: str
    parameters: tuple[Parameter, ...]
    run: Callable[..., Task[Pixels]]

    def checked(self, values: Values) -> dict[str, Value]:
        """All values of the method: those of `values`, checked, and the defaults of the others.

        Raises:
            DeblurError: A name is unknown or a value is out of range.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        if unknown := set(values) - set(known):
            raise DeblurError(
                f"“{self.label}” has no setting {', '.join(sorted(unknown))}. It has: {', '.join(known) or 'none'}."
            )
        return {name: p.checked(values.get(name, p.default)) for name, p in known.items()}


@dataclass(frozen=True)
class Request:
    """What the user asks for.

    Attributes:
        method: A key of `METHODS`.
        values: Values of its parameters by name; those left out take their defaults.
        device: Name of a device, or “auto”.
    """

    method: str = "autoencoder"
    values: Values = field(default_factory=dict)
    device: str = devices.AUTO


def find(name: str) -> Method:
    """The method called `name`.

    Raises:
        DeblurError: There is none.
    """
    if name not in METHODS:
        raise DeblurError(f"There is no method “{name}”. There are: {', '.join(METHODS)}.")
    return METHODS[name]


def _autoencoder(pixels: Pixels, device: Device, *, area: str, overlap: int, model: str) -> Task[Pixels]:
    from deblur_app.engine import neural

    if area == "whole":
        return neural.restore_whole(pixels, model=model, device=device)
    return neural.restore_tiles(pixels, model=model, device=device, overlap=overlap)


METHODS: dict[str, Method] = {
    "autoencoder": Method(
        name="autoencoder",
        label="Autoencoder (the paper's network)",
        explanation=(
            "The convolutional autoencoder of the paper “Image Deblurring” (2024). It squeezes each 128 × 128 square "
            "through 256 numbers, so fine detail is lost: it shows the paper's system and is not the way to the "
            "sharpest photo."
        ),
        parameters=(
            Parameter(
                name="area",
                label="Works on",
                explanation="The photo in its own size, square by square, or all of it at 128 × 128 as in the paper.",
                default="tiles",
                choices=(
                    Choice("tiles", "the photo, in tiles"),
                    Choice("whole", "all of it at 128 × 128 (paper)"),
                ),
            ),
            Parameter(
                name="overlap",
                label="Overlap of tiles",
                explanation="How many pixels neighbouring tiles share; more hides the seams better and takes longer.",
                default=32,
                minimum=0,
                maximum=96,
                unit="px",
            ),
            Parameter(
                name="model",
                label="Model",
                explanation="The bundled weights, or the card (model.json) of a model you trained.",
                default=BUNDLED,
                choices=(Choice(BUNDLED, "bundled"),),
                is_file=True,
            ),
        ),
        run=_autoencoder,
    ),
}
