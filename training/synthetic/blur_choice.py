"""The choice of the blurs that pairs are made with, and of their strength, by a user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from deblur_app.blur import blur_posterior, kinds
from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr, tr_later
from training.synthetic.recipe import FOUR_BLURS

if TYPE_CHECKING:
    from deblur_app.blur.kinds import Blur

type Ranges = Mapping[str, Mapping[str, tuple[float, float]]]
"""For each kind of blur, the range of each of its parameters."""

STRENGTHS: dict[str, tuple[str, float, float]] = {
    "any": (tr_later("from hardly seen to strong"), 0.0, 1.0),
    "light": (tr_later("light"), 0.0, 1 / 3),
    "medium": (tr_later("medium"), 1 / 3, 2 / 3),
    "strong": (tr_later("strong"), 2 / 3, 1.0),
}
"""Name of each strength, and which part of the range of sizes it stands for."""

_AROUND = 0.2
"""A blur that was found in a photo is varied by this part of each of its values, because no two photos are alike."""

_TURN = 15.0
"""And its angle by so many degrees."""


def choose_blur_ranges(
    names: Iterable[str], strength: str = "any", among: Ranges | None = None
) -> dict[str, dict[str, tuple[float, float]]]:
    """Return the ranges of the blurs called `names`, of one strength.

    Args:
        names: Kinds of blur, of those that `among` has.
        strength: A key of `STRENGTHS`.
        among: All kinds with their whole ranges; None takes `FOUR_BLURS`.

    Raises:
        DeblurError: No blur is chosen, or one is unknown.
    """
    among = among or FOUR_BLURS
    names = list(names)
    if not names:
        raise DeblurError(tr("Choose one kind of blur or more to make the pairs with."))
    if unknown := set(names) - set(among):
        raise DeblurError(
            tr(
                "There is no blur “{min}” to make pairs with. There are: {names}.",
                min=min(unknown),
                names=", ".join(among),
            )
        )
    _, start, end = STRENGTHS[strength]
    return {name: _narrow_ranges(name, among[name], start, end) for name in names}


def _narrow_ranges(
    kind: str, ranges: Mapping[str, tuple[float, float]], start: float, end: float
) -> dict[str, tuple[float, float]]:
    """Return the ranges, with that of the size cut to a part of it."""
    size = blur_posterior.SIZES.get(kind)
    return {
        name: (low + start * (high - low), low + end * (high - low)) if name == size else (low, high)
        for name, (low, high) in ranges.items()
    }


def blurs_like(blur: Blur) -> dict[str, dict[str, tuple[float, float]]]:
    """Return ranges around a blur that was found in a photo, so that a network learns to undo just that one.

    Raises:
        DeblurError: The blur is unknown.
    """
    kind = kinds.find(blur.kind)
    values = kind.complete_values(blur.values)
    ranges = {}
    for parameter in kind.parameters:
        value = float(values[parameter.name])
        if parameter.name == "seed":
            ranges[parameter.name] = (0.0, parameter.maximum)
            continue
        reach = _TURN if parameter.unit == "°" else abs(value) * _AROUND
        ranges[parameter.name] = (max(value - reach, parameter.minimum), min(value + reach, parameter.maximum))
    return {kind.name: ranges}
