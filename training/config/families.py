"""The settings that each family of networks can be trained with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deblur_app.blur.blur_posterior import SIZES
from deblur_app.blur.spectrum_features import WINDOW
from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from training.config.sections import Architecture, Data, Learning, Loss, Network, Source

type Parameters = dict[str, object]
"""The arguments that build a network, as a card stores them."""


@dataclass(frozen=True)
class Family:
    """A family of networks, as far as settings know it; how it is trained is in `training.trainables`.

    Attributes:
        name: What sentences call it.
        sources: What it can learn from.
        losses: What it can minimise.
        parameters: Settings → the arguments that build it.
        halvings: Settings → how often it halves the resolution, which `side` must allow.
        restores_pictures: Whether pictures come out, in place of names of blurs.
        takes_whole_pictures: Whether it takes whole pictures, reduced to one size, in place of crops of any size.
        can_be_deconvolved: Whether it can also be given deconvolved pictures.
        least_side: Least side of its crops.
        blurs: The kinds of blur it can learn; empty for all.
        is_papers: Whether it is the network of the paper, whose figures there are to compare with.
        can_be_enlarged: Whether it can start from the weights of a smaller one.
        later_parameters: Parameters that cards of older versions leave out, with what they stand for there.
    """

    name: str
    sources: tuple[Source, ...]
    losses: tuple[Loss, ...]
    parameters: Callable[[Network, Data], Parameters]
    halvings: Callable[[Network], int]
    restores_pictures: bool = True
    takes_whole_pictures: bool = False
    can_be_deconvolved: bool = False
    least_side: int = 8
    blurs: tuple[str, ...] = ()
    is_papers: bool = False
    can_be_enlarged: bool = False
    later_parameters: Mapping[str, object] = field(default_factory=dict)


def _autoencoder_parameters(network: Network, _data: Data) -> Parameters:
    return {"side": network.side, "filters": list(network.filters), "latent": network.latent}


def _restorer_parameters(network: Network, data: Data) -> Parameters:
    return {"widths": list(network.widths), "blocks": list(network.blocks), "pictures": data.pictures}


def _estimator_parameters(network: Network, _data: Data) -> Parameters:
    return {"widths": list(network.widths), "blocks": list(network.blocks)}


FAMILIES: dict[Architecture, Family] = {
    "autoencoder": Family(
        "the autoencoder",
        sources=("pairs", "synthetic", "scenes"),
        losses=("mse", "charbonnier"),
        parameters=_autoencoder_parameters,
        halvings=lambda network: len(network.filters),
        takes_whole_pictures=True,
        is_papers=True,
    ),
    "restorer": Family(
        "the restorer",
        sources=("synthetic", "scenes", "mixed"),
        losses=("mse", "charbonnier"),
        parameters=_restorer_parameters,
        halvings=lambda network: len(network.widths),
        can_be_deconvolved=True,
        can_be_enlarged=True,
        later_parameters={"pictures": 1},
    ),
    "psf-estimator": Family(
        "the psf-estimator",
        sources=("synthetic", "scenes"),
        losses=("blur",),
        parameters=_estimator_parameters,
        halvings=lambda network: len(network.widths),
        restores_pictures=False,
        least_side=WINDOW,
        blurs=tuple(SIZES),
    ),
}
"""The families by the name of their architecture."""


def check_family(network: Network, learning: Learning, data: Data) -> None:
    """Refuse settings that this family of networks cannot be trained with.

    Raises:
        DeblurError: They do not go together.
    """
    family = FAMILIES[network.architecture]
    name = family.name.capitalize()
    if data.source not in family.sources:
        raise DeblurError(
            tr(
                "{name} learns from pairs whose blur is known: choose the source {sources}.",
                name=name,
                sources=family.sources[0],
            )
        )
    if data.deconvolved and not (data.is_synthetic and family.can_be_deconvolved):
        raise DeblurError(tr("Only the restorer takes deconvolved pictures, and only synthetic pairs have them."))
    if data.deconvolved and data.source != "synthetic":
        raise DeblurError(tr("The blur of scenes varies over the frame: choose the source synthetic to deconvolve."))
    if data.watch and (data.deconvolved or not family.restores_pictures):
        raise DeblurError(tr("Only networks that restore photos can show one after each epoch: leave out watch."))
    if learning.loss not in family.losses:
        raise DeblurError(
            tr(
                "{name} cannot learn by the loss “{loss}”. Choose: {names}.",
                name=name,
                loss=learning.loss,
                names=", ".join(family.losses),
            )
        )
    if family.blurs and (unknown := set(data.blurs) - set(family.blurs)):
        raise DeblurError(
            tr(
                "{name} knows {names}, not: {join_2}.",
                name=name,
                names=", ".join(family.blurs),
                join_2=", ".join(sorted(unknown)),
            )
        )
    if network.side < family.least_side:
        raise DeblurError(
            tr(
                "{name} needs crops with a side of {least_side} or more: {side}.",
                name=name,
                least_side=family.least_side,
                side=network.side,
            )
        )
    if network.side % (multiple := 2 ** family.halvings(network)):
        raise DeblurError(tr("Side {side} must be a multiple of {multiple}.", side=network.side, multiple=multiple))
