"""Detection of faults in a folder of pairs, before hours of training are spent on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.registration.alignment import align, grey, sharpness
from training.data.pairs import find_pairs
from training.data.readable import name_with_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.registration.alignment import Alignment
    from training.data.pairs import Pair, PairList

type Kind = Literal[
    "unmatched", "unreadable", "sizes", "swapped", "not-blurred", "duplicate", "leak", "misaligned", "unmeasured"
]
KINDS: tuple[str, ...] = get_args(Kind.__value__)
"""In the order in which findings are listed."""

MISALIGNED = 1.0
"""Displacement in pixels from which on a pair is reported, where it is also above the residual."""

_NEAR = 6
"""Bits of 63 in which the hashes of two pictures of one thing differ at most."""

_FLAT = 4.0
"""Contrast (standard deviation in [0, 255]) below which a picture has no hash: there is nothing to compare."""

type Hash = NDArray[np.uint64]
"""A perceptual hash of 63 bits; equal pictures at any size and quality have nearly equal bits."""


@dataclass(frozen=True)
class Finding:
    """A fault of one or more files.

    Attributes:
        kind: What it is, one of `KINDS`.
        files: The files it is about.
        sentence: What it means, for people.
        value: Its figure: pixels for “misaligned”, ratio of the sharpness (blurred : sharp) for “swapped” and
            “not-blurred”, differing bits for “duplicate” and “leak”; None for the others.
    """

    kind: Kind
    files: tuple[Path, ...]
    sentence: str
    value: float | None = None


@dataclass(frozen=True)
class Diagnosis:
    """The findings about a folder of pairs.

    Attributes:
        pairs: How many pairs were examined.
        findings: Everything that is wrong, sorted by kind and then by file.
        alignments: For each pair that could be measured, its name and where its pictures lie.
    """

    pairs: int
    findings: list[Finding]
    alignments: dict[str, Alignment] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON object."""
        findings = [
            {"kind": f.kind, "files": [str(path) for path in f.files], "sentence": f.sentence, "value": f.value}
            for f in self.findings
        ]
        alignments = {
            name: {"displacement": round(a.displacement, 3), "residual": round(a.residual, 3), "windows": a.windows}
            for name, a in self.alignments.items()
        }
        return {"pairs": self.pairs, "findings": findings, "alignments": alignments}


def diagnose(pairs: PairList, against: Sequence[Path] = ()) -> Task[Diagnosis]:
    """Examine every pair, and the pairs against each other.

    Args:
        pairs: The pairs, and the files without a counterpart.
        against: Pictures that must not be among them, such as the validation set.
    """
    findings = [_find_unmatched(path) for path in pairs.unpaired]
    alignments: dict[str, Alignment] = {}
    hashes: dict[Path, Hash] = {}
    end = len(pairs.pairs) / max(len(pairs.pairs) + 0.2 * len(against), 1)
    for number, pair in enumerate(pairs.pairs):
        share = (end * number / len(pairs.pairs), end * (number + 1) / len(pairs.pairs))
        more, alignment = yield from subtask(_examine(pair, hashes), *share)
        findings += [finding for finding in more if finding not in findings]  # a sharp file may be in two pairs
        if alignment is not None:
            alignments[pair.name] = alignment
    findings += _duplicates({pair.sharp: pair.scene for pair in pairs.pairs}, hashes)
    yield Progress(end, tr("Comparing the two folders"))
    findings += yield from subtask(_leaks(hashes, against), end, 1.0)
    findings.sort(key=lambda finding: (KINDS.index(finding.kind), finding.files))
    return Diagnosis(len(pairs.pairs), findings, alignments)


def pictures_of(folder: Path) -> list[Path]:
    """Return the sharp pictures of a folder of pairs, or all pictures of another folder.

    Raises:
        DeblurError: There is no such folder.
    """
    try:
        return sorted({pair.sharp for pair in find_pairs(folder).pairs})
    except DeblurError:
        return file_names.pictures_in(folder)


def _find_unmatched(path: Path) -> Finding:
    return Finding(
        "unmatched",
        (path,),
        tr(
            "{name} in “{folder_name}” has no counterpart and is not used.",
            name=path.name,
            folder_name=path.parent.name,
        ),
    )


def _unreadable(path: Path, error: DeblurError) -> Finding:
    return Finding(
        "unreadable",
        (path,),
        tr("{name_with_folder} cannot be used: {error}", name_with_folder=name_with_folder(path), error=error),
    )


def _examine(pair: Pair, hashes: dict[Path, Hash]) -> Task[tuple[list[Finding], Alignment | None]]:
    """Return the faults of one pair, and how its pictures lie; the hash of the sharp one goes into `hashes`."""
    yield Progress(0.0, tr("Examining {name}", name=pair.name))
    findings, pixels = [], []
    for path in (pair.sharp, pair.blurred):
        try:
            pixels.append(image_io.read(path).pixels)
        except DeblurError as error:
            findings.append(_unreadable(path, error))
        yield Progress(0.1, tr("Examining {name}", name=pair.name))
    if findings:
        return findings, None
    sharp, blurred = pixels
    if (code := perceptual_hash(sharp)) is not None:
        hashes[pair.sharp] = code
    findings += [*_sizes(pair, sharp, blurred), *_sharpness(pair, sharp, blurred)]
    alignment = yield from subtask(align(sharp, blurred), 0.2, 1.0)
    both = pair.blurred, pair.sharp
    if isinstance(alignment, str):
        sentence = tr(
            "Whether the pictures of {name} lie on each other could not be measured: {alignment}.",
            name=pair.name,
            alignment=alignment,
        )
        return [*findings, Finding("unmeasured", both, sentence)], None
    if alignment.displacement >= max(MISALIGNED, alignment.residual):  # below the residual it is not certain
        sentence = tr(
            "The pictures of {name} lie {displacement:.1f} px apart; registering leaves {residual:.2f} px.",
            name=pair.name,
            displacement=alignment.displacement,
            residual=alignment.residual,
        )
        findings.append(Finding("misaligned", both, sentence, alignment.displacement))
    return findings, alignment


def _sizes(pair: Pair, sharp: Pixels, blurred: Pixels) -> Iterable[Finding]:
    if sharp.shape != blurred.shape:
        (height, width), (other_height, other_width) = blurred.shape[:2], sharp.shape[:2]
        sentence = tr(
            "The pictures of {name} have different sizes: {width} × {height} blurred and "
            "{other_width} × {other_height} sharp.",
            name=pair.name,
            width=width,
            height=height,
            other_width=other_width,
            other_height=other_height,
        )
        yield Finding("sizes", (pair.blurred, pair.sharp), sentence)


def _sharpness(pair: Pair, sharp: Pixels, blurred: Pixels) -> Iterable[Finding]:
    """Yield a finding for sides that are swapped, or for a blurred picture that is not blurred."""
    ratio = sharpness(grey(blurred)) / max(sharpness(grey(sharp)), 1e-9)
    both = pair.blurred, pair.sharp
    if ratio > 1.15:
        sentence = tr(
            "The blurred picture of {name} is {ratio:.1f} times as sharp as the sharp one: swapped?",
            name=pair.name,
            ratio=ratio,
        )
        yield Finding("swapped", both, sentence, ratio)
    elif ratio > 0.97:
        yield Finding(
            "not-blurred",
            both,
            tr("The blurred picture of {name} is as sharp as the sharp one.", name=pair.name),
            ratio,
        )


def perceptual_hash(pixels: Pixels) -> Hash | None:
    """Return which of the 63 lowest DCT coefficients of a picture, at 32 × 32 pixels, are above their median.

    After “pHash” (Zauner 2010): it hardly changes with size, quality or blur. None for a picture without contrast.
    """
    small = cv2.resize(grey(pixels), (32, 32), interpolation=cv2.INTER_AREA).astype(np.float32)
    if small.std() < _FLAT:
        return None
    waves = cv2.dct(small)[:8, :8].ravel()[1:]
    return np.packbits(waves > np.median(waves)).view(np.uint64)  # the 64th bit is 0


def _duplicates(scenes: dict[Path, str], hashes: dict[Path, Hash]) -> list[Finding]:
    """Return findings for scenes that show the same: one may be held out and the other one trained on."""
    paths = sorted(hashes)
    findings = []
    for number, path in enumerate(paths):
        for other, bits in _near(hashes[path], paths[number + 1 :], hashes):
            if scenes[path] != scenes[other]:
                first, second = (
                    p.name if path.name != other.name else f"{p.parent.name}/{p.name}" for p in (path, other)
                )
                sentence = tr(
                    "{first} and {second} show nearly the same but count as two scenes.", first=first, second=second
                )
                findings.append(Finding("duplicate", (path, other), sentence, bits))
    return findings


def _leaks(hashes: dict[Path, Hash], against: Sequence[Path]) -> Task[list[Finding]]:
    """Return findings for pictures that are in both folders."""
    paths, findings = sorted(hashes), []
    for number, path in enumerate(against):
        yield Progress(number / len(against), tr("Comparing {name}", name=path.name))
        try:
            code = perceptual_hash(image_io.read(path).pixels)
        except DeblurError as error:
            findings.append(_unreadable(path, error))
            continue
        for other, bits in [] if code is None else _near(code, paths, hashes):
            sentence = tr(
                "{name} is also in “{folder_name}”, as {path_name}: figures on it would be too good.",
                name=other.name,
                folder_name=path.parent.name,
                path_name=path.name,
            )
            findings.append(Finding("leak", (other, path), sentence, bits))
    return findings


def _near(code: Hash, paths: list[Path], hashes: dict[Path, Hash]) -> list[tuple[Path, int]]:
    """Return those of `paths` whose hash hardly differs from `code`, with the number of differing bits."""
    if not paths:
        return []
    bits = np.bitwise_count(np.concatenate([hashes[path] for path in paths]) ^ code)
    return [(paths[index], int(bits[index])) for index in np.flatnonzero(bits <= _NEAR)]
