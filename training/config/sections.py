"""The tables of a training configuration: [network], [learning], [data] and [logs]. The defaults are the paper's."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 – the types are read while the program runs
from dataclasses import dataclass, field
from typing import Annotated, Literal

from msgspec import Meta

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from training.config.checks import check_settings

type Architecture = Literal["autoencoder", "restorer", "psf-estimator"]
type Optimizer = Literal["adam", "adamw"]
type Schedule = Literal["plateau", "cosine"]
type Loss = Literal["mse", "charbonnier", "blur"]
type Source = Literal["pairs", "synthetic", "scenes", "mixed"]
type Filters = Annotated[tuple[Annotated[int, Meta(ge=1, le=1024)], ...], Meta(min_length=1, max_length=6)]
type Widths = Annotated[tuple[Annotated[int, Meta(ge=1, le=512)], ...], Meta(min_length=1, max_length=5)]
type Blocks = Annotated[tuple[Annotated[int, Meta(ge=1, le=16)], ...], Meta(min_length=1, max_length=5)]
type Share = Annotated[float, Meta(ge=0.0, le=1.0)]
type KernelError = Annotated[float, Meta(ge=0.0, le=0.5)]
type Range = tuple[float, float]


@dataclass(frozen=True)
class Network:
    """The network that is trained.

    Attributes:
        architecture: “autoencoder”, “restorer”, or “psf-estimator”, which says which blur a photograph has.
        side: Side in pixels of the squares that the autoencoder takes, or of the crops the others are trained on.
        filters: Channels of the autoencoder's convolutions in the encoder; the decoder mirrors them.
        latent: Length of the autoencoder's latent vector.
        widths: Channels of the other two at 1/2, 1/4, 1/8 … of the resolution.
        blocks: Their residual blocks at each of them.
        start: The weights it starts from: the folder of a run, the path of a card (model.json), the name of an
            installed model, or “bundled” for those that come with the program. "" starts from scratch. They must be
            those of a network of the same architecture and size; a restorer may also have further levels below, and
            then begins by computing what the smaller one does.
    """

    architecture: Architecture = "autoencoder"
    side: Annotated[int, Meta(ge=8, le=1024)] = 128
    filters: Filters = (64, 128, 256)
    latent: Annotated[int, Meta(ge=1, le=4096)] = 256
    widths: Widths = (32, 64, 128)
    blocks: Blocks = (2, 2, 4)
    start: str = ""

    def __post_init__(self) -> None:
        check_settings(self)
        if len(self.widths) != len(self.blocks):
            raise DeblurError(
                tr(
                    "Widths and blocks must be equally many: {list}, {list_2}.",
                    list=list(self.widths),
                    list_2=list(self.blocks),
                )
            )


@dataclass(frozen=True)
class Learning:
    """The settings of the optimiser, the loss and the length of a training.

    Attributes:
        optimizer: “adam”, or “adamw”, which also pulls the kernels towards zero.
        weight_decay: How strongly “adamw” pulls, as a share of the learning rate.
        schedule: “plateau” lowers the learning rate when the validation loss stays; “cosine” lowers it step by step
            to zero at the last one.
        warmup_steps: Steps over which “cosine” raises the learning rate from zero at the start.
        clip_norm: Longer gradients are shortened to this length; 0 leaves them.
        average: Share of the past in the running mean of the weights, which is what is judged and kept; 0 keeps the
            weights themselves.
        loss: “mse”, or “charbonnier”, √(d² + 0.001²), which forgives a few large differences; “blur” for the network
            that says which blur a photograph has, and for no other.
        frequency_weight: Weight of the mean absolute difference of the Fourier transforms beside the loss; 0 for none.
        minutes: Time the training may take; as many of its epochs are left out as do not fit. 0 for any time. A
            training with a limit is not repeatable: how far it comes depends on the machine.
        patience: Epochs without a lower validation loss after which the training ends early; 0 never ends it early.
            What is kept is the epoch with the lowest one in any case.
        deterministic: Whether TensorFlow only computes in ways that give equal bits each time, which can be slower.
            A resumed training then ends with the very same weights on the same machine. It holds for all that the
            process computes from then on.
    """

    optimizer: Optimizer = "adam"
    weight_decay: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.0
    schedule: Schedule = "plateau"
    warmup_steps: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    clip_norm: Annotated[float, Meta(ge=0.0, le=1e6)] = 0.0
    average: Annotated[float, Meta(ge=0.0, le=0.99999)] = 0.0
    loss: Loss = "mse"
    frequency_weight: Annotated[float, Meta(ge=0.0, le=100.0)] = 0.0
    minutes: Annotated[float, Meta(ge=0.0, le=1e6)] = 0.0
    patience: Annotated[int, Meta(ge=0, le=100_000)] = 0
    deterministic: bool = False

    def __post_init__(self) -> None:
        check_settings(self)


@dataclass(frozen=True)
class Data:
    """The pictures that a network is trained on, and how pairs are made of them.

    Attributes:
        source: “pairs”, files that are named at the start, or “synthetic”: crops of sharp photographs, blurred
            during the training; “scenes”: the same as cameras take them, while they or things move; or “mixed”: both
            and means of video frames, made by `deblur-train make-crops` before the training.
        photos: Folders of sharp photographs.
        cutouts: With “scenes”, a folder of pictures with transparency that move before the photographs. "" for none.
        store: With “mixed”, the folder of the crops that were made.
        scene_share: With “mixed”, share of crops of scenes.
        frame_share: With “mixed”, share of means of video frames; the other crops have one blur each.
        frames: With “mixed”, the folder of the video frames, in the order of their names. "" for none.
        curve: With “mixed”, the inverse curve of the camera that took the frames (.npy). "" for sRGB's.
        frame_scale: With “mixed”, size that the frames are reduced to.
        crops: How many crops are made and kept for a network that sees spectra, which turns them again and again.
        steps_per_epoch: Batches of synthetic pairs in an epoch.
        blurs: For each kind of blur, the ranges of its parameters; empty for the four of the paper, from hardly seen
            to strong. The kinds are drawn with equal chance.
        sharp_share: Share of crops that are not blurred, so that a sharp photograph comes back as it is.
        noise: Range of the sensor's read noise in linear light.
        photons: Range of the photons that the sensor counts at its brightest, drawn evenly by their logarithm.
        photons_share: Share of crops that have photon noise.
        noiseless_share: Share of crops without noise.
        jpeg: Range of the JPEG quality.
        jpeg_share: Share of crops that go through JPEG.
        scale: Range of the size that photographs are reduced to before a crop is taken, 1 for their own.
        deconvolved: Whether the network is also given what deconvolution with an estimated kernel makes of a crop: a
            quiet and a crisp picture. It then restores photographs whose blur is known.
        exact_share: Share of those crops whose kernel is the true one.
        kernel_error: Range of the relative error of the kernels of the others.
        validation_crops: Synthetic pairs of held-out photographs for each kind of blur, to judge by.
        workers: Processes that make pairs.
        watch: A photo of the user's own; what the network makes of it, or of a part of it, is kept after each epoch.
            "" for none.
    """

    source: Source = "pairs"
    photos: tuple[str, ...] = ()
    cutouts: str = ""
    store: str = ""
    scene_share: Share = 0.7
    frame_share: Share = 0.15
    frames: str = ""
    curve: str = ""
    frame_scale: Annotated[float, Meta(ge=0.05, le=1.0)] = 0.5
    crops: Annotated[int, Meta(ge=1, le=1_000_000)] = 20_000
    steps_per_epoch: Annotated[int, Meta(ge=1, le=1_000_000)] = 500
    blurs: Mapping[str, Mapping[str, Range]] = field(default_factory=dict)
    sharp_share: Share = 0.1
    noise: Range = (0.0, 0.02)
    photons: Range = (2_000.0, 100_000.0)
    photons_share: Share = 0.5
    noiseless_share: Share = 0.1
    jpeg: Range = (70, 98)
    jpeg_share: Share = 0.3
    scale: Range = (0.5, 1.0)
    deconvolved: bool = False
    exact_share: Share = 0.4
    kernel_error: tuple[KernelError, KernelError] = (0.0, 0.08)
    validation_crops: Annotated[int, Meta(ge=1, le=10_000)] = 24
    workers: Annotated[int, Meta(ge=0, le=64)] = 1
    watch: str = ""

    @property
    def is_synthetic(self) -> bool:
        """True if pairs are made during the training, in place of being read from files."""
        return self.source != "pairs"

    @property
    def pictures(self) -> int:
        """The number of pictures a network is given: 1, the photograph, or 3, two deconvolved ones before it."""
        return 3 if self.deconvolved else 1

    def __post_init__(self) -> None:
        check_settings(self)
        ranges = {name: getattr(self, name) for name in ("noise", "photons", "jpeg", "scale", "kernel_error")}
        ranges |= {f"{kind}, {name}": values for kind, own in self.blurs.items() for name, values in own.items()}
        for name, (low, high) in ranges.items():
            if not low <= high:
                words = name.replace("_", " ").capitalize()
                raise DeblurError(
                    tr(
                        "{words} must be a range with the smaller number first, not {value}.",
                        words=words,
                        value=[low, high],
                    )
                )


@dataclass(frozen=True)
class Logs:
    """The files for other programs that are written beside the log of the run.

    Attributes:
        csv: Whether the figures of the epochs are written as a table, curve.csv.
        tensorboard: Whether figures, the losses of batches and pictures are written for TensorBoard, into the folder
            tensorboard of the run.
    """

    csv: bool = True
    tensorboard: bool = False

    def __post_init__(self) -> None:
        check_settings(self)
