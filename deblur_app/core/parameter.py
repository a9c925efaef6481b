"""Parameters of methods and blurs: the forms, the options of the command line and the checks are made from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

type Value = str | int | float
"""The values that a parameter may hold: a word, a whole number or a number."""

type Values = Mapping[str, Value]
"""Values of parameters by their names."""


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
    """One parameter of a method or of a blur.

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
        automatic: The number that lets the method choose, which people read as “Auto”; None where there is none.
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
    automatic: float | None = None

    def convert(self, value: Value) -> Value:
        """Return `value` as the type of the parameter; text from a command line is converted.

        Raises:
            DeblurError: It is no such value, or outside the range.
        """
        if isinstance(self.default, str):
            words = [choice.value for choice in self.choices]
            if str(value) in words or self.is_file:
                return str(value)
            raise DeblurError(
                tr(
                    "{label} cannot be “{value}”. Choose one of: {names}.",
                    label=self.label,
                    value=value,
                    names=", ".join(words),
                )
            )
        try:
            number = type(self.default)(value)
        except (ValueError, TypeError, OverflowError):
            kind = tr("a whole number") if isinstance(self.default, int) else tr("a number")
            raise DeblurError(
                tr("{label} must be {kind}, not “{value}”.", label=self.label, kind=kind, value=value)
            ) from None
        if not self.minimum <= number <= self.maximum:
            unit = f" {self.unit}" if self.unit else ""
            raise DeblurError(
                tr(
                    "{label} must lie between {minimum:g} and {maximum:g}{unit}: {value}.",
                    label=self.label,
                    minimum=self.minimum,
                    maximum=self.maximum,
                    unit=unit,
                    value=value,
                )
            )
        return number


def check_values(label: str, parameters: Iterable[Parameter], values: Values) -> dict[str, Value]:
    """Return the values of all `parameters` by name: those of `values`, checked, and the defaults of the others.

    Args:
        label: What people call the thing that has these parameters.
        parameters: All that it has.
        values: Values or texts by name.

    Raises:
        DeblurError: A name is unknown or a value is out of range.
    """
    by_name = {parameter.name: parameter for parameter in parameters}
    if unknown := set(values) - set(by_name):
        raise DeblurError(
            tr(
                "“{label}” has no setting {names}. It has: {value}.",
                label=label,
                names=", ".join(sorted(unknown)),
                value=", ".join(by_name) or "none",
            )
        )
    return {name: p.convert(values.get(name, p.default)) for name, p in by_name.items()}
