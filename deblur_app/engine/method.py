"""Restoration methods, and the requests for them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from deblur_app.core.parameter import check_values
from deblur_app.core.texts import tr
from deblur_app.engine import devices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from deblur_app.blur.psf import Psf
    from deblur_app.core.parameter import Parameter, Value, Values
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.core.tiling.local_tiling import Region
    from deblur_app.engine.devices import Device
    from deblur_app.engine.estimation.psf_estimate import PsfEstimate
    from deblur_app.engine.reduced import Reduced


class PsfUse(enum.Enum):
    """The use that a method makes of a point spread function."""

    NONE = "none"
    """It needs none."""

    GIVEN = "given"
    """It undoes the one that is given; where none is, one is estimated first, of any kind."""

    ESTIMATED = "estimated"
    """It always estimates one, of the kind that its parameter `blur` names."""


BUNDLED = "bundled"
"""The name of the model that comes with the program."""


@dataclass(frozen=True, eq=False)
class MethodResult:
    """Pixels with what else a method tells.

    Attributes:
        pixels: The result.
        note: A sentence for the user, because something went otherwise than asked for; "" for none.
        psf: The PSF that was undone, where the method has found out where it holds; None where it is the given one.
    """

    pixels: Pixels
    note: str
    psf: Psf | None = None


@dataclass(frozen=True, eq=False)
class Context:
    """The photo that a method restores, and all that it may make use of besides its values.

    Attributes:
        pixels: The photo, sRGB-encoded, shape (height, width, 3).
        device: Where to compute.
        psf: How it was blurred; None for methods that need none.
        region: What the user looks at, which is restored first by the methods that can; None for no matter where.
        reduced: What the photo is a small copy of, if it shall get the look of the whole.
        is_blended: Whether the result is compared with that of the network that needs no kernel, place by place,
            because parts of the photo may have another blur.
        find_jpeg_table: Returns the luma quantisation table of the photo, or None for one that never was a JPEG. It
            takes time, so that only methods call it that use the table.
    """

    pixels: Pixels
    device: Device
    psf: Psf | None = None
    region: Region | None = None
    reduced: Reduced | None = None
    find_jpeg_table: Callable[[], NDArray[np.uint16] | None] = lambda: None
    is_blended: bool = False

    @property
    def known_psf(self) -> Psf:
        """The PSF, for methods that are never run without one.

        Raises:
            ValueError: There is none.
        """
        if self.psf is None:
            raise ValueError("the method undoes a PSF, and there is none")
        return self.psf


class Run(Protocol):
    """The work of a method: takes a context, and the values of its parameters by name."""

    def __call__(self, context: Context, *args: Any, **values: Any) -> Task[Pixels | MethodResult]:
        """Restore the photo of a context."""


@dataclass(frozen=True)
class Method:
    """A way to deblur.

    Attributes:
        name: What it is called on the command line, in settings and in requests.
        label: What people read, also in tables of figures.
        explanation: One sentence: what it does and when to take it.
        parameters: Its knobs.
        run: The work.
        is_neural: Whether it needs TensorFlow; the others compute on the processor without it.
        psf: What it does with a point spread function.
        draft: Values that give its look sooner: for a preview that is followed by one with the user's own.
        network: The kind of network whose models it takes, as their cards name it; "" where it takes none.
        load_model: Loads such a model, from its card; None where it takes none.
        find_bundled_card: Returns the card of the weights that come with the program; None where there are none.
        fallback: The method that restores a photo whose blur was looked for and could not be told; "" for none.
        is_scalable: Whether it restores a small copy as it would the photo, if it is told of it.
        is_faithful: Whether its results keep the light of the photo, so that one that does not is a failure.
        plain_label: What the window calls it; "" for the label.
        summary: One short line for the methods that most people need, which the window shows first; "" for others.
        is_offered: Whether it can be run as it comes; one that cannot needs a model of the user's own.
    """

    name: str
    label: str
    explanation: str
    parameters: tuple[Parameter, ...]
    run: Run
    is_neural: bool = True
    psf: PsfUse = PsfUse.NONE
    draft: Values = field(default_factory=dict)
    network: str = ""
    load_model: Callable[[Path, Device], Task[Any]] | None = None
    find_bundled_card: Callable[[], Path] | None = None
    fallback: str = ""
    is_scalable: bool = False
    is_faithful: bool = True
    plain_label: str = ""
    summary: str = ""
    is_offered: Callable[[], bool] = lambda: True

    @property
    def title(self) -> str:
        """Return what the window calls the method."""
        return tr(self.plain_label or self.label)

    @property
    def names(self) -> set[str]:
        """The names of its parameters."""
        return {parameter.name for parameter in self.parameters}

    def complete_values(self, values: Values) -> dict[str, Value]:
        """Return all values of the method: those of `values`, checked, and the defaults of the others.

        Raises:
            DeblurError: A name is unknown or a value is out of range.
        """
        return check_values(self.label, self.parameters, values)


@dataclass(frozen=True, eq=False)
class Request:
    """The user's choice of method, values, device and blur.

    Attributes:
        method: The name of a method.
        values: Values of its parameters by name; those left out take their defaults.
        device: Name of a device, or “auto”.
        psf: The point spread function to undo; None has one estimated by the methods that need one.
        regions: Columns and rows of regions whose blur is estimated apart, where it is estimated; None takes one blur
            for the whole frame.
        region: What the user looks at, which is restored first by the methods that can; None for no matter where.
        reduced: What the picture is a small copy of, if it is one and shall get the look of the whole.
        is_checked: Whether a result that cannot be right is replaced by a gentler one.
        estimate: The blur as it was estimated before for this photo and this kind of blur, so that it need not be
            estimated again; None has it estimated where the method needs it.
    """

    method: str = "restorer"
    values: Values = field(default_factory=dict)
    device: str = devices.AUTO
    psf: Psf | None = None
    regions: tuple[int, int] | None = None
    region: Region | None = None
    reduced: Reduced | None = None
    is_checked: bool = True
    estimate: PsfEstimate | None = None
