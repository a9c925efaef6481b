"""The blurs that pairs are made with, as a user chooses them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from training.synthetic.blur_choice import STRENGTHS, blurs_like, choose_blur_ranges
from training.synthetic.recipe import FOUR_BLURS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deblur_app.blur.kinds import Blur
    from training.synthetic.blur_choice import Ranges

LIKE_PHOTO = "found"
"""The strength that stands for the blur of the open photo."""


@dataclass(frozen=True)
class BlurChoice:
    """The choice of blurs.

    Attributes:
        kinds: Names of blur models, of `FOUR_BLURS`.
        strength: A key of `STRENGTHS`, or `LIKE_PHOTO`.
    """

    kinds: tuple[str, ...] = tuple(FOUR_BLURS)
    strength: str = "any"

    def ranges(self, photo_blur: Blur | None, among: Ranges | None = None) -> dict[str, dict[str, tuple[float, float]]]:
        """Return the range of each parameter of each blur.

        Args:
            photo_blur: The blur of the open photo; None where there is none.
            among: All blurs that the network can learn, with their ranges; None takes `FOUR_BLURS`.

        Raises:
            DeblurError: No blur is chosen.
        """
        if self.strength == LIKE_PHOTO and photo_blur:
            return blurs_like(photo_blur)
        return choose_blur_ranges(self.kinds, "any" if self.strength == LIKE_PHOTO else self.strength, among)

    def with_kind(self, name: str, *, is_chosen: bool) -> BlurChoice:
        """Return the choice with one blur more or less."""
        kinds = {*self.kinds, name} if is_chosen else {*self.kinds} - {name}
        return replace(self, kinds=tuple(kind for kind in FOUR_BLURS if kind in kinds))

    def answers(self) -> dict[str, Any]:
        """Return the choice, to be remembered; the blur of a photo is not, because the photo may be gone."""
        return {"blurs": list(self.kinds), "strength": "any" if self.strength == LIKE_PHOTO else self.strength}

    def recall(self, answers: Mapping[str, Any]) -> BlurChoice:
        """Return the choice that was remembered, as far as it makes sense."""
        names, strength = answers.get("blurs"), answers.get("strength")
        kinds = tuple(kind for kind in FOUR_BLURS if kind in names) if isinstance(names, list) else ()
        is_known = isinstance(strength, str) and strength in STRENGTHS
        return BlurChoice(kinds or self.kinds, str(strength) if is_known else "any")
