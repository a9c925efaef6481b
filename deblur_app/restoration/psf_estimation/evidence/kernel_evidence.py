"""The evidence that speaks for an estimated kernel, and the confidence in it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from deblur_app.restoration.psf_estimation.evidence.mirror_test import Consistency
    from deblur_app.restoration.psf_estimation.evidence.spectral_evidence import Verdict

_CONTRADICTED, _CONFIRMED = 0.35, 0.7
"""Shares of the gain that a true kernel brings to the spectrum: up to the first the spectrum says nothing for it, from
the second on nothing against it. The true kernels of Levin et al. (2009) have 0.28 and more in their photographs."""

_AHEAD, FAR_AHEAD = 0.1, 0.3
"""Advantages over the mirror image from which on the spectrum counts less, and from which on it need not be asked: the
true kernels of Levin et al. have 0.28 and more in their photographs, wrong ones up to 0.05."""

_TELLING = 0.08
"""Advantage over the mirror image, in the unit of `Consistency.advantage`, from which on it lowers no confidence."""
_SYMMETRIC = 0.9
"""Correlation of a kernel with its mirror image from which on no advantage is asked: both are nearly the same."""

_EXPLAINED, _UNEXPLAINED = 0.33, 0.41
"""Misfits up to which the photograph is explained, and from which on it is not; also where the blur is not the same all
over it."""

_CONTRASTY, _EXCUSED = 0.7, 0.2
"""The advantage from which on a photograph has such strong edges that a right kernel may leave more of it, and how much
more at the most, for an advantage that is greater by 1."""


@dataclass(frozen=True)
class KernelEvidence:
    """The evidence for a kernel that was looked for in a square of one size.

    Attributes:
        spectrum: How well it explains the power spectrum of the photograph.
        mirror: How well it explains the photograph itself, and how much better than its mirror image.
        side: Side of the kernel in pixels.
        reach: Distance of its light from its middle in pixels.
        size: Side of the square in pixels.
        longest: Side in pixels that a path may have at most, as far as the size of the blur is known.
        reduced: How many times smaller the photograph was made.
    """

    spectrum: Verdict
    mirror: Consistency
    side: int
    reach: int
    size: int
    longest: float = math.inf
    reduced: int = 1

    @property
    def is_sound(self) -> bool:
        """True if the kernel fits in its square and is no longer than `longest`, unless the photo itself shows it.

        A path that grows beyond while it is refined follows the long edges of the scene itself: they explain its
        spectrum well, and undoing them leaves nothing of it. Its mirror image does so as well; where that is far
        behind, the extent was told too small, as that of shaken pages of text is.
        """
        is_shown = self.mirror.advantage >= FAR_AHEAD and self.mirror.misfit <= _EXPLAINED
        return self.side <= (self.size if is_shown else min(self.size, self.longest))

    @property
    def is_final(self) -> bool:
        """True if no other size needs to be tried: it does not reach the rim, although its refinement let it grow.

        The spectrum confirms it, or the photo does, which strong edges of real photos allow better.
        """
        is_free = self.reach < self.size // 2
        is_confirmed = self.spectrum.share >= _CONFIRMED or self.confidence >= _CONFIRMED
        return self.is_sound and is_free and is_confirmed

    @property
    def confidence(self) -> float:
        """The confidence in the kernel, in [0, 1], from its share of the power spectrum, its phases and its misfit.

        In the finest detail of a photograph strong edges excuse a spectrum that says nothing. Reduced, it is honest: of
        a street with people a kernel that cost 1 dB had a share of 0.4, those of shakes of a camera had 0.7 and more.
        """
        if not self.is_sound:
            return 0.0
        mirror = self.mirror
        powers = (self.spectrum.share - _CONTRADICTED) / (_CONFIRMED - _CONTRADICTED)
        phases = (mirror.advantage - _AHEAD) / (FAR_AHEAD - _AHEAD)
        is_telling = mirror.advantage / _TELLING if mirror.symmetry < _SYMMETRIC else 1.0
        excused = _EXCUSED * min(max(mirror.advantage - _CONTRASTY, 0.0), 1.0)
        is_explained = (_UNEXPLAINED + excused - mirror.misfit) / (_UNEXPLAINED - _EXPLAINED)
        is_possible = powers if self.reduced > 1 else max(powers, phases)
        return float(np.clip(min(is_possible, is_telling, is_explained), 0.0, 1.0))

    def is_better(self, other: KernelEvidence) -> bool:
        """Return whether the kernel is to be taken instead of that of another size."""
        mine, others = ((c.is_sound, c.confidence > 0.0, c.spectrum.gain) for c in (self, other))
        return mine > others
