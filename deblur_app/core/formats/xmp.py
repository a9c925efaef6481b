"""Properties of our own in XMP packets: one is set or read, and every other byte of a packet stays as it is.

An XMP packet is RDF in XML (ISO 16684-1). A property is an element inside an `rdf:Description`, or one of its
attributes: programs that rewrite a packet may change the one into the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax import saxutils

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
"""The namespace of RDF."""

_EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    f'<rdf:RDF xmlns:rdf="{RDF}"></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
).encode()
"""A packet without properties."""


@dataclass(frozen=True)
class Property:
    """A property of text in a namespace.

    Attributes:
        namespace: Its address.
        prefix: What stands for the namespace where the property is written.
        name: Its name.
    """

    namespace: str
    prefix: str
    name: str


def read_property(packet: bytes, kind: Property) -> str | None:
    """Return the text of a property; None where the packet has none.

    Raises:
        ValueError: It is no XMP.
    """
    return _scan(packet, kind).text


def set_property(packet: bytes | None, kind: Property, text: str) -> bytes:
    """Return a packet with a property; an earlier value goes, and everything else stays.

    Args:
        packet: The packet of a file, in UTF-8; None for none.
        kind: The property.
        text: Its value.

    Raises:
        ValueError: The packet is no XMP, or in another encoding.
    """
    packet = packet or _EMPTY
    places = _scan(packet, kind)
    if places.end is None:
        raise ValueError("it has no place for a property")
    description = (
        f'<rdf:Description xmlns:rdf="{RDF}" rdf:about="" xmlns:{kind.prefix}={saxutils.quoteattr(kind.namespace)}>'
        f"<{kind.prefix}:{kind.name}>{saxutils.escape(text)}</{kind.prefix}:{kind.name}></rdf:Description>"
    )
    rest = _cut(packet, [*places.spans, (places.end, places.end)])
    return b"".join([*rest[:-1], description.encode(), rest[-1]])


def remove_property(packet: bytes, kind: Property) -> bytes:
    """Return a packet without a property, and with all else as it was.

    Raises:
        ValueError: It is no XMP.
    """
    return b"".join(_cut(packet, _scan(packet, kind).spans))


def _cut(packet: bytes, spans: list[tuple[int, int]]) -> list[bytes]:
    """Return what is left of a packet before, between and behind spans of bytes."""
    parts, position = [], 0
    for start, end in sorted(spans):
        parts.append(packet[position:start])
        position = end
    return [*parts, packet[position:]]


@dataclass
class _Open:
    """An element that has begun, with the number of its properties and the spans of ours in it."""

    name: str
    start: int
    properties: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class _Places:
    """The value of a property, the spans of bytes to cut so that it is gone, and where the RDF ends."""

    text: str | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)
    end: int | None = None


class _Scanner:
    """Handlers of a parser, which write down where a property stands."""

    def __init__(self, packet: bytes, kind: Property) -> None:
        self.places = _Places()
        self._packet, self._kind = packet, kind
        self._name = f"{kind.namespace} {kind.name}"
        self._open: list[_Open] = []
        self._texts: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.namespace_prefixes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._take_text
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise ValueError("it declares a type of document")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        element = _Open(_without_prefix(name), self.parser.CurrentByteIndex)
        for attribute, value in attributes.items():
            about = _without_prefix(attribute) == f"{RDF} about"
            element.properties += not about
            if element.name == f"{RDF} Description" and _without_prefix(attribute) == self._name:
                self.places.text = value
                element.spans.append(self._find_attribute(element.start, attribute))
        if self._open:
            self._open[-1].properties += 1
            if element.name == self._name and self._open[-1].name == f"{RDF} Description":
                self._texts = []
        self._open.append(element)

    def _find_attribute(self, start: int, attribute: str) -> tuple[int, int]:
        """Return the span of an attribute, with the space before it, in the tag that begins at `start`."""
        prefix = attribute.split(" ")[2]
        begin = self._packet.index(f"{prefix}:{self._kind.name}".encode(), start)
        quote = min(place for mark in (b'"', b"'") if (place := self._packet.find(mark, begin)) >= 0)
        end = self._packet.index(self._packet[quote : quote + 1], quote + 1) + 1
        return begin - 1, end

    def _take_text(self, text: str) -> None:
        if self._texts is not None:
            self._texts.append(text)

    def _end(self, name: str) -> None:
        element = self._open.pop()
        start = self.parser.CurrentByteIndex
        has_tag = self._packet[start : start + 2] == b"</"
        end = self._packet.index(b">", start) + 1 if has_tag else start  # of <a/> the index is behind it
        if element.name == self._name and self._texts is not None:
            self.places.text, self._texts = "".join(self._texts), None
            self._open[-1].spans.append((element.start, end))
        elif element.name == f"{RDF} Description" and element.spans:
            is_ours = element.properties == len(element.spans)
            self.places.spans += [(element.start, end)] if is_ours else element.spans
        elif element.name == f"{RDF} RDF" and has_tag:
            self.places.end = start
        del name


def _without_prefix(name: str) -> str:
    """Return “namespace name” of what a parser says with the prefix behind it."""
    return " ".join(name.split(" ")[:2])


def _scan(packet: bytes, kind: Property) -> _Places:
    data = packet.rstrip(b"\0")
    try:
        data.decode()
        scanner = _Scanner(data, kind)
        scanner.parser.Parse(data, True)
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise ValueError(f"it is no XMP: {error}") from error
    return scanner.places
