"""The making of a result, from which its recipe is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deblur_app.engine.methods import registry
from deblur_app.engine.recipes.recipe import make_recipe
from deblur_app.engine.recipes.storage import attach_recipe

if TYPE_CHECKING:
    from deblur_app.core.picture import Picture
    from deblur_app.engine.blend import Blend
    from deblur_app.engine.method import Request
    from deblur_app.engine.recipes.recipe import Recipe
    from deblur_app.engine.tasks import Restored


@dataclass(frozen=True, eq=False)
class Making:
    """The making of a result.

    Attributes:
        request: What was asked for.
        restored: What was done.
        blend: How much of it is taken.
        shows_rejected: Whether it is the picture that failed its check.
    """

    request: Request
    restored: Restored
    blend: Blend
    shows_rejected: bool = False

    def find_recipe(self) -> Recipe | None:
        """Return the recipe of the result; None for one that was made of several photos."""
        if self.request.method not in registry.list_names():
            return None
        request = replace(self.request, is_checked=self.request.is_checked and not self.shows_rejected)
        return make_recipe(request, self.restored, self.blend)

    def attach_to(self, picture: Picture) -> Picture:
        """Return a result with its recipe, where it has one."""
        recipe = self.find_recipe()
        return attach_recipe(picture, recipe) if recipe else picture
