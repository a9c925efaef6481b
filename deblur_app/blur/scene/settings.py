"""The settings of a blurred scene: how the camera moves, what moves in front of it, and what is out of focus."""

from __future__ import annotations

from dataclasses import dataclass

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

_LIMITS: dict[str, tuple[float, float]] = {
    "extent": (0.0, 200.0),
    "roughness": (0.0, 1.0),
    "exposure": (0.05, 4.0),
    "roll": (0.0, 5.0),
    "zoom": (0.0, 5.0),
    "shift": (0.0, 1.0),
    "tilt": (0.0, 0.9),
    "relief": (0.0, 0.9),
    "focal": (0.3, 20.0),
    "defocus": (0.0, 60.0),
    "sigma": (0.0, 30.0),
    "moving": (0, 3),
    "moving_extent": (0.0, 200.0),
    "highlights": (1.0, 1000.0),
}
"""Range of each number."""


@dataclass(frozen=True)
class SceneSettings:
    """The blur of a scene; by default none.

    Attributes:
        extent: Longest side in pixels of the box around the camera's path, in the middle of the frame; 0 for a camera
            that stands still.
        is_straight: Whether the path is a straight line at an even speed, along `angle`.
        angle: Of a straight path in degrees, counter-clockwise from the horizontal.
        roughness: Share of tremor in a curved path, from 0 to 1.
        exposure: How long the shutter is open: 0.1 is a stroke, 4 a tangle.
        roll: Rotation about the line of sight compared with panning and tipping: 1 moves a point at the distance of
            half the frame's diagonal by `extent`.
        zoom: Movement along the line of sight, likewise.
        shift: Share of the path that moves the camera sideways instead of turning it, so that near things move farther.
        tilt: Inclination of the scene's plane: difference of inverse depth from its mean to a border, relative.
        relief: Smooth random inverse depth on that plane: largest difference from the mean, relative.
        focal: Focal length in units of the frame's long side: 28 mm on a full-frame camera is 0.78.
        center: Where the line of sight meets the frame, in units of its width and height from the middle; a crop of a
            larger frame has it outside of itself.
        defocus: Radius in pixels of the disk of a point out of focus; where the focus is not the same everywhere, the
            largest.
        has_focus_plane: Whether something is in focus, so that the radius follows the depth.
        sigma: Standard deviation in pixels of air turbulence.
        moving: Number of things that move on their own.
        moving_extent: Longest side in pixels of the boxes around their paths, at most.
        highlights: How much brighter than white the white spots are, see `degrade.boost_highlights`.
        seed: Equal seeds give equal scenes, bit for bit.

    Raises:
        DeblurError: A value is out of its range.
    """

    extent: float = 0.0
    is_straight: bool = False
    angle: float = 0.0
    roughness: float = 0.3
    exposure: float = 1.0
    roll: float = 0.0
    zoom: float = 0.0
    shift: float = 0.0
    tilt: float = 0.0
    relief: float = 0.0
    focal: float = 1.0
    center: tuple[float, float] = (0.0, 0.0)
    defocus: float = 0.0
    has_focus_plane: bool = False
    sigma: float = 0.0
    moving: int = 0
    moving_extent: float = 0.0
    highlights: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        for name, (least, most) in _LIMITS.items():
            if not least <= getattr(self, name) <= most:
                raise DeblurError(
                    tr(
                        "{capitalize} must lie between {least:g} and {most:g}: {getattr}.",
                        capitalize=name.replace("_", " ").capitalize(),
                        least=least,
                        most=most,
                        getattr=getattr(self, name),
                    )
                )

    @property
    def is_uniform(self) -> bool:
        """Return whether the camera's movement and focus blur the whole frame alike."""
        is_moving_alike = self.extent == 0.0 or (
            self.roll == self.zoom == 0.0 and self.shift == 1.0 and self.tilt == self.relief == 0.0
        )
        return is_moving_alike and not (self.defocus and self.has_focus_plane)
