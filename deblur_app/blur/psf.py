"""The point spread function of a photo: its kernels, where they come from, and the blur model that they follow."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays, scaling
from deblur_app.blur.kernel_grid import KernelField, KernelGrid
from deblur_app.blur.kinds import find
from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kernel_grid import Kernels
    from deblur_app.blur.kinds import Blur
    from deblur_app.blur.trust_map import TrustMap

_FAINT = 0.1
"""Share of the brightest element of an estimated kernel below which an element does not count as part of its path."""

_IN_WORDS = {
    "motion": tr_later("Motion blur, {length:.3g} px at {angle:.0f}°"),
    "defocus": tr_later("Out of focus, radius {radius:.3g} px"),
    "turbulence": tr_later("Air turbulence, σ {sigma:.3g} px"),
    "shake": tr_later("Camera shake, {extent:.3g} px"),
    "shake-varying": tr_later("Camera shake, {extent:.3g} px"),
}
"""Explanations of each kind of blur for users."""


class Origin(enum.Enum):
    """The origin of a point spread function."""

    GIVEN = "given"
    """A user named its kind and values, or a file."""

    DRAWN = "drawn"
    """A user drew it."""

    ESTIMATED = "estimated"
    """It was measured in a photo."""


@dataclass(frozen=True, eq=False)
class Psf:
    """The point spread function: the light of each point of a scene, spread in a photo.

    Attributes:
        kernels: One kernel for the whole frame, of shape (n, n) or (n, n, 3), a grid of kernels, or a field of them.
        origin: Where it comes from.
        model: Kind and values of the blur, where it follows one; None for any other kernel.
        confidence: Probability in [0, 1] that an estimate is right; 1 for one that was given.
        reduction: How many times smaller a photo is made to undo it: 1 for a kernel that is known pixel by pixel, more
            for one that was found in a photo that was made so much smaller, and enlarged.
        trust: Where the kernels hold, so that elsewhere the photo is restored without them; None for everywhere, or
            where the confidence of a field says it.
    """

    kernels: Kernels
    origin: Origin = Origin.GIVEN
    model: Blur | None = None
    confidence: float = 1.0
    reduction: int = 1
    trust: TrustMap | None = None

    @classmethod
    def of_model(cls, model: Blur, origin: Origin = Origin.GIVEN, confidence: float = 1.0) -> Psf:
        """Return the PSF of a kind of blur with its values; of one that varies, that of the middle of the frame.

        Raises:
            DeblurError: The kind or a value is unknown or out of range.
        """
        return cls(model.kernel(), origin, model, confidence)

    @property
    def uniform(self) -> Kernel | None:
        """The kernel, where it is the same all over the frame; else None."""
        return None if isinstance(self.kernels, (KernelGrid, KernelField)) else self.kernels

    @property
    def field(self) -> KernelField | None:
        """The field of kernels, where it is one; else None."""
        return self.kernels if isinstance(self.kernels, KernelField) else None

    @property
    def grid(self) -> KernelGrid | None:
        """The kernels of the regions, where they differ; of a field, those of its places. None for one kernel."""
        if isinstance(self.kernels, KernelField):
            return self.kernels.grid
        return self.kernels if isinstance(self.kernels, KernelGrid) else None

    @property
    def kernel(self) -> Kernel:
        """The kernel in the middle of the frame."""
        grid = self.grid
        return grid.kernels[grid.rows // 2][grid.columns // 2] if grid else self.at(0.0, 0.0)

    @property
    def side(self) -> int:
        """Side of its kernels in pixels."""
        return len(self.kernel)

    def at(self, x: float, y: float) -> Kernel:
        """Return the kernel at a place of the frame, in pixels from the centre of the top left one.

        Between the centres of a grid or field its kernels are blended bilinearly; outside the outermost ones, theirs
        hold.
        """
        return self.kernels.at(x, y) if isinstance(self.kernels, (KernelGrid, KernelField)) else self.kernels

    def scaled(self, scale: float, corner: tuple[int, int] = (0, 0), size: tuple[int, int] | None = None) -> Psf:
        """Return the PSF of a part of the photo that was made smaller, to undo the blur there.

        The values of a model are those of the photo and do not hold for the copy, so it has none.

        Args:
            scale: Side of the new picture over that of the old one, in (0, 1].
            corner: Left and top of the part in pixels of the photo.
            size: Width and height of the part in pixels; None for all the rest. Of a grid or field, the kernels are
                left out that do not count there.
        """
        kernels: Kernels
        if isinstance(self.kernels, KernelField):
            kernels = scaling.scale_field(self.kernels, scale, corner, size)
        elif isinstance(self.kernels, KernelGrid):
            kernels = scaling.scale_grid(self.kernels, scale, corner, size)
        else:
            kernels = scaling.band_limited(self.kernels, scale)
        trust = self.trust.scaled(scale, corner) if self.trust else None
        return Psf(kernels, self.origin, None, self.confidence, max(round(self.reduction * scale), 1), trust)

    def moved(self, right: float, down: float) -> Psf:
        """Return the PSF of a picture that begins so many pixels farther left and up; one kernel stays as it is."""
        if not (right or down):
            return self
        kernels = self.kernels
        if isinstance(kernels, (KernelGrid, KernelField)):
            kernels = kernels.moved(right, down)
        return replace(self, kernels=kernels, trust=self.trust.moved(right, down) if self.trust else None)

    def describe(self) -> str:
        """Return the PSF in a few words, such as “Motion blur, 14 px at 32°”."""
        if isinstance(self.kernels, KernelField) and self.origin is Origin.ESTIMATED:
            least, most = _range_of_extents(self.kernels)
            if least < most:
                return tr("The camera turned, {least} to {most} px", least=least, most=most)
            return tr("Camera shake, {extent:.3g} px", extent=most)
        if isinstance(self.kernels, (KernelGrid, KernelField)):
            return tr("Blur that varies over the frame")
        if self.model:
            values = find(self.model.kind).complete_values(self.model.values)
            numbers = {name: float(value) for name, value in values.items()}
            if "angle" in numbers:
                numbers["angle"] %= 180.0
            return tr(_IN_WORDS[self.model.kind], **numbers)
        width, height = kernel_arrays.describe(self.kernels).extent
        if self.origin is Origin.ESTIMATED:
            return tr("Camera shake, {width} × {height} px", width=width, height=height)
        return tr("Kernel, {width} × {height} px", width=width, height=height)

    def is_identity(self, least: float) -> bool:
        """Return whether each colour has at least the share `least` of its light in one pixel of the one kernel."""
        kernel = self.uniform
        return kernel is not None and bool(np.max(kernel, axis=(0, 1)).min() > least)


def _range_of_extents(field: KernelField) -> tuple[int, int]:
    """Return the extents in pixels of the shortest and the longest kernel of the corners and the middle of a field."""
    kernels = field.grid.kernels
    rows, columns = (sorted({0, count // 2, count - 1}) for count in (field.rows, field.columns))
    bright = [_leave_out_faint(kernels[row][column]) for row in rows for column in columns]
    extents = [max(kernel_arrays.describe(kernel).extent) for kernel in bright]
    return min(extents), max(extents)


def _leave_out_faint(kernel: Kernel) -> Kernel:
    """Return a kernel without elements that nobody would see in a streak."""
    return np.where(kernel > _FAINT * kernel.max(), kernel, np.float32(0.0))
