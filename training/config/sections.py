"""The tables of a training configuration: [network], [learning], [data] and [logs]. The defaults are the paper's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from deblur_app.core.errors import DeblurError

type Architecture = Literal["autoencoder", "restorer", "psf-estimator"]
type Optimizer = Literal["adam", "adamw"]
type Schedule = Literal["plateau", "cosine"]
type Loss = Literal["mse", "charbonnier", "blur"]
type Source = Literal["pairs", "synthetic", "scenes"]
type Limits = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Network:
    """The network that is trained.

    Attributes:
        architecture: “autoencoder”, whose size is in the settings beside this table, “restorer”, or “psf-estimator”,
            which says which blur a photograph has.
        widths: Channels of the latter two at 1/2, 1/4, 1/8 … of the resolution.
        blocks: Their residual blocks at each of them.
        start: The weights it starts from: the folder of a run, the path of a card (model.json), the name of an
            installed model, or “bundled” for those that come with the program. "" starts from scratch. They must be
            those of a network of the same architecture and size.
    """

    architecture: Architecture = "autoencoder"
    widths: tuple[int, ...] = (32, 64, 128)
    blocks: tuple[int, ...] = (2, 2, 4)
    start: str = ""

    def __post_init__(self) -> None:
        check_word("Architecture", self.architecture, get_args(Architecture.__value__))
        for name, most in (("widths", 512), ("blocks", 16)):
            numbers = getattr(self, name)
            if not 1 <= len(numbers) <= 5 or any(type(n) is not int or not 1 <= n <= most for n in numbers):
                raise DeblurError(
                    f"{name.capitalize()} must be 1 to 5 whole numbers between 1 and {most}: {list(numbers)}."
                )
        if len(self.widths) != len(self.blocks):
            raise DeblurError(f"Widths and blocks must be equally many: {list(self.widths)}, {list(self.blocks)}.")
        _check_text("Start", self.start)


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
    weight_decay: float = 0.0
    schedule: Schedule = "plateau"
    warmup_steps: int = 0
    clip_norm: float = 0.0
    average: float = 0.0
    loss: Loss = "mse"
    frequency_weight: float = 0.0
    minutes: float = 0.0
    patience: int = 0
    deterministic: bool = False

    def __post_init__(self) -> None:
        check_word("Optimizer", self.optimizer, get_args(Optimizer.__value__))
        check_word("Schedule", self.schedule, get_args(Schedule.__value__))
        check_word("Loss", self.loss, get_args(Loss.__value__))
        limits = {
            "weight_decay": (0.0, 1.0),
            "warmup_steps": (0, 1_000_000),
            "clip_norm": (0.0, 1e6),
            "average": (0.0, 0.99999),
            "frequency_weight": (0.0, 100.0),
            "minutes": (0.0, 1e6),
            "patience": (0, 100_000),
        }
        check_numbers(self, limits)
        _check_switch("Deterministic", self.deterministic)


@dataclass(frozen=True)
class Data:
    """The pictures that a network is trained on, and how pairs are made of them.

    Attributes:
        source: “pairs”, files that are named at the start, or “synthetic”: crops of sharp photographs, blurred
            during the training; or “scenes”: the same as cameras take them, while they or things move.
        photos: Folders of sharp photographs.
        cutouts: With “scenes”, a folder of pictures with transparency that move before the photographs. "" for none.
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
    crops: int = 20_000
    steps_per_epoch: int = 500
    blurs: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)
    sharp_share: float = 0.1
    noise: tuple[float, float] = (0.0, 0.02)
    photons: tuple[float, float] = (2_000.0, 100_000.0)
    photons_share: float = 0.5
    noiseless_share: float = 0.1
    jpeg: tuple[float, float] = (70, 98)
    jpeg_share: float = 0.3
    scale: tuple[float, float] = (0.5, 1.0)
    deconvolved: bool = False
    exact_share: float = 0.4
    kernel_error: tuple[float, float] = (0.0, 0.08)
    validation_crops: int = 24
    workers: int = 1
    watch: str = ""

    @property
    def is_synthetic(self) -> bool:
        """True if pairs are made during the training, in place of being read from files."""
        return self.source != "pairs"

    def __post_init__(self) -> None:
        check_word("Source", self.source, get_args(Source.__value__))
        limits: dict[str, tuple[float, float]] = {
            "crops": (1, 1_000_000),
            "steps_per_epoch": (1, 1_000_000),
            "validation_crops": (1, 10_000),
            "workers": (0, 64),
        }
        check_numbers(self, limits | dict.fromkeys(_SHARES, (0.0, 1.0)))
        for name in ("noise", "photons", "jpeg", "scale", "kernel_error"):
            _check_range(words(name), getattr(self, name))
        if not 0.0 <= self.kernel_error[0] <= self.kernel_error[1] <= 0.5:
            raise DeblurError(f"Kernel error must lie between 0 and 0.5: {list(self.kernel_error)}.")
        _check_switch("Deconvolved", self.deconvolved)
        _check_text("Watch", self.watch)
        _check_text("Cutouts", self.cutouts)
        if not isinstance(self.blurs, Mapping) or not all(isinstance(r, Mapping) for r in self.blurs.values()):
            raise DeblurError("Blurs must be tables, such as [data.blurs.motion] with length = [3, 23].")
        for kind, ranges in self.blurs.items():
            for name, values in ranges.items():
                _check_range(f"{kind}, {name}", values)
        if not isinstance(self.photos, tuple) or any(not isinstance(folder, str) for folder in self.photos):
            raise DeblurError("Photos must be a list of names of folders, such as photos = [“holiday”].")


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
        for name in ("csv", "tensorboard"):
            _check_switch(words(name), getattr(self, name))


_SHARES = ("sharp_share", "photons_share", "noiseless_share", "jpeg_share", "exact_share")


def check_numbers(settings: object, limits: Limits) -> None:
    """Refuse numbers of `settings` that are out of their limits, or not whole where their default is.

    Raises:
        DeblurError: One is; the sentence names it.
    """
    for name, (low, high) in limits.items():
        value, whole = getattr(settings, name), type(getattr(type(settings), name)) is int
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            kind = "whole number" if whole else "number"
            raise DeblurError(f"{words(name)} must be a {kind}, not {value!r}.")
        if not low <= value <= high:
            raise DeblurError(f"{words(name)} must lie between {low:g} and {high:g}: {value}.")


def check_word(name: str, value: str, choices: tuple[str, ...]) -> None:
    """Refuse a word that is none of `choices`.

    Raises:
        DeblurError: It is none of them.
    """
    if value not in choices:
        raise DeblurError(f"{name} cannot be “{value}”. Choose one of: {', '.join(choices)}.")


def words(name: str) -> str:
    """Return the name of a setting as it stands in a sentence."""
    return name.replace("_", " ").capitalize()


def lists_to_tuples(value: Any) -> Any:
    """Return a value read from TOML or JSON, with tuples in place of lists."""
    if isinstance(value, list):
        return tuple(map(lists_to_tuples, value))
    return {key: lists_to_tuples(v) for key, v in value.items()} if isinstance(value, dict) else value


def _check_switch(name: str, value: Any) -> None:
    if type(value) is not bool:
        raise DeblurError(f"{name} must be true or false, not {value!r}.")


def _check_text(name: str, value: Any) -> None:
    if not isinstance(value, str):
        raise DeblurError(f"{name} must be a text in quotes, not {value!r}.")


def _check_range(name: str, values: Any) -> None:
    if (
        not isinstance(values, tuple)
        or len(values) != 2
        or any(isinstance(v, bool) or not isinstance(v, (int, float)) for v in values)
        or not values[0] <= values[1]
    ):
        shown = list(values) if isinstance(values, tuple) else values
        raise DeblurError(f"{name} must be a range of two numbers, the smaller one first: {shown}.")
