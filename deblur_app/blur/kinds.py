"""The kinds of blur. Forms in the window, options of the command line and the benchmark are drawn from `BLURS`."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from deblur_app.blur import models, shake
from deblur_app.blur.camera_poses import CameraPoses
from deblur_app.core.errors import DeblurError
from deblur_app.core.parameter import Parameter, check_values
from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.shake import Trajectory
    from deblur_app.core.parameter import Value, Values
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task

_FULL_FRAME = 36.0
"""Width in millimetres of the sensor that focal lengths are given for."""


@dataclass(frozen=True)
class BlurKind:
    """A kind of blur.

    Attributes:
        name: Its key in `BLURS`.
        label: What photographers call it.
        explanation: One sentence: where it comes from and what it looks like.
        parameters: Its knobs.
        make: Takes the values of all parameters by name; gives the kernel in the middle of the frame.
        varying: Where the blur differs from place to place: takes linear light of shape (height, width, 3) and the
            values by name; a task that returns blurred light. None where one kernel blurs the whole frame.
        poses: Then also: takes the shape of the frame and the values; returns the poses of the camera.
    """

    name: str
    label: str
    explanation: str
    parameters: tuple[Parameter, ...]
    make: Callable[..., Kernel]
    varying: Callable[..., Task[Pixels]] | None = None
    poses: Callable[..., CameraPoses] | None = None

    def complete_values(self, values: Values) -> dict[str, Value]:
        """Return all values of the blur: those of `values`, checked, and the defaults of the others.

        Raises:
            DeblurError: A name is unknown or a value is out of range.
        """
        return check_values(self.label, self.parameters, values)

    def kernel(self, **values: Value) -> Kernel:
        """Return the kernel in the middle of the frame; values that are left out take their defaults.

        Raises:
            DeblurError: A name is unknown or a value is out of range.
        """
        return self.make(**self.complete_values(values))


@dataclass(frozen=True)
class Blur:
    """A blur that is asked for.

    Attributes:
        kind: A key of `BLURS`.
        values: Values of its parameters by name; those left out take their defaults.
    """

    kind: str
    values: Values = field(default_factory=dict)

    def kernel(self) -> Kernel:
        """Return the kernel in the middle of the frame.

        Raises:
            DeblurError: The kind or a value is unknown or out of range.
        """
        return find(self.kind).kernel(**self.values)

    def poses(self, shape: tuple[int, ...]) -> CameraPoses | None:
        """Return the poses of the camera over a frame of height and width `shape`; None where one kernel holds for all.

        Raises:
            DeblurError: The kind or a value is unknown or out of range.
        """
        kind = find(self.kind)
        return kind.poses(shape, **kind.complete_values(self.values)) if kind.poses else None


def find(name: str) -> BlurKind:
    """Return the kind of blur called `name`.

    Raises:
        DeblurError: There is none.
    """
    if name not in BLURS:
        raise DeblurError(tr("There is no blur “{name}”. There are: {names}.", name=name, names=", ".join(BLURS)))
    return BLURS[name]


def parse(kind: str, text: str) -> Blur:
    """Return the blur that a command line asks for.

    Args:
        kind: A key of `BLURS`.
        text: Settings such as “length=14,angle=32”; those left out take their defaults, "" takes all of them.

    Returns:
        The blur with all its values.

    Raises:
        DeblurError: The text is not of that form, a name is unknown or given twice, or a value is out of range.
    """
    values: dict[str, str] = {}
    for setting in text.split(",") if text.strip() else ():
        name, equals, value = (part.strip() for part in setting.partition("="))
        if not (name and equals and value):
            raise DeblurError(
                tr(
                    "“{setting}” is not of the form NAME=VALUE, in “{text}” for the blur {kind}.",
                    setting=setting,
                    text=text,
                    kind=kind,
                )
            )
        if name in values:
            raise DeblurError(
                tr("“{name}” is given twice in “{text}” for the blur {kind}.", name=name, text=text, kind=kind)
            )
        values[name] = value
    return Blur(kind, find(kind).complete_values(values))


def _shake(*, extent: float, roughness: float, exposure: float, seed: int) -> Kernel:
    return shake.psf_of(shake.trajectory(extent, roughness, exposure, seed))


def _shake_in_the_middle(*, extent: float, roughness: float, exposure: float, seed: int, **_: float) -> Kernel:
    return _shake(extent=extent, roughness=roughness, exposure=exposure, seed=seed)


def _shake_varying(light: Pixels, *, shift: float, **values: Any) -> Task[Pixels]:
    path, focal_px = _turning_path(light.shape, **values)
    return shake.blur_varying(light, path, focal_px, shift)


def _poses(shape: tuple[int, ...], *, shift: float, **values: Any) -> CameraPoses:
    path, focal_px = _turning_path(shape, **values)
    return CameraPoses.of_trajectory(path, focal_px, (shape[1], shape[0]), shift)


def _turning_path(
    shape: tuple[int, ...],
    *,
    extent: float,
    roughness: float,
    exposure: float,
    roll: float,
    focal: float,
    seed: int,
) -> tuple[Trajectory, float]:
    """Return the path of a hand that also rolls the camera, and the focal length in pixels."""
    focal_px = focal / _FULL_FRAME * max(shape[:2])
    degrees = math.degrees(roll * extent / focal_px)  # a hand turns about all three axes by similar angles
    return shake.trajectory(extent, roughness, exposure, seed, roll=degrees), focal_px


_PATH = (
    Parameter(
        "extent",
        tr_later("Size"),
        tr_later("How far the picture moves while the shutter is open."),
        13.0,
        0.5,
        100.0,
        "px",
    ),
    Parameter(
        "roughness",
        tr_later("Tremor"),
        tr_later("From a smooth sway of the hand, 0, to nothing but tremor, 1."),
        0.3,
        0.0,
        1.0,
    ),
    Parameter(
        "exposure",
        tr_later("Exposure"),
        tr_later("How long the shutter is open: from a stroke, 0.1, to a tangle, 4."),
        1.0,
        0.1,
        4.0,
    ),
)
_SEED = Parameter(
    "seed",
    tr_later("Variant"),
    tr_later("Each number is another movement of the hand, always the same."),
    0,
    0,
    999_999,
)

_KINDS = (
    BlurKind(
        name="motion",
        label=tr_later("Moving object"),
        explanation=tr_later("The object, or the camera, moved in a straight line at an even speed: a streak."),
        parameters=(
            Parameter(
                "length",
                tr_later("Length"),
                tr_later("How far it moved while the shutter was open."),
                14.0,
                0.5,
                200.0,
                "px",
            ),
            Parameter(
                "angle", tr_later("Angle"), tr_later("Counter-clockwise from the horizontal."), 32.0, -180.0, 180.0, "°"
            ),
        ),
        make=models.motion,
    ),
    BlurKind(
        name="defocus",
        label=tr_later("Out of focus"),
        explanation=tr_later(
            "The lens was focused nearer or farther than the subject: each point becomes an even disk."
        ),
        parameters=(Parameter("radius", tr_later("Radius"), tr_later("Radius of the disk."), 3.0, 0.1, 60.0, "px"),),
        make=models.defocus,
    ),
    BlurKind(
        name="turbulence",
        label=tr_later("Air turbulence"),
        explanation=tr_later(
            "Warm air flickered in a long exposure, as over a hot road or through a telescope: a soft haze."
        ),
        parameters=(
            Parameter(
                "sigma", tr_later("Strength σ"), tr_later("Standard deviation of the haze."), 1.6, 0.1, 30.0, "px"
            ),
        ),
        make=models.turbulence,
    ),
    BlurKind(
        name="shake",
        label=tr_later("Camera shake"),
        explanation=tr_later("The hand moved along a curved path, the same in the whole frame."),
        parameters=(*_PATH, _SEED),
        make=_shake,
    ),
    BlurKind(
        name="shake-varying",
        label=tr_later("Camera shake, varying over the frame"),
        explanation=tr_later(
            "The hand also turned the camera, so that the corners are blurred otherwise than the middle."
        ),
        parameters=(
            *_PATH,
            Parameter(
                "roll",
                tr_later("Roll"),
                tr_later("Rotation about the line of sight, compared with panning and tipping."),
                1.0,
                0.0,
                5.0,
            ),
            Parameter(
                "focal",
                tr_later("Focal length"),
                tr_later("As on a full-frame camera; the shorter, the more the blur varies."),
                28.0,
                10.0,
                500.0,
                "mm",
            ),
            Parameter(
                "shift",
                "Shift",
                tr_later("Share of the movement that shifts the camera, as in close-ups."),
                0.0,
                0.0,
                1.0,
            ),
            _SEED,
        ),
        make=_shake_in_the_middle,
        varying=_shake_varying,
        poses=_poses,
    ),
)

BLURS: dict[str, BlurKind] = {kind.name: kind for kind in _KINDS}
"""All kinds of blur by name: the paper's four, camera shake in two forms."""
