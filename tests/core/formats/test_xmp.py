"""A property of ours in XMP packets of other programs: set, read and replaced, and every other byte stays."""

from __future__ import annotations

import pytest

from deblur_app.core.formats import xmp

OURS = xmp.Property("http://example.org/ns/", "our", "Note")
RATING = xmp.Property("http://ns.adobe.com/xap/1.0/", "xmp", "Rating")
BEGIN = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
END = b"</x:xmpmeta>\n" + b" " * 50 + b'\n<?xpacket end="w"?>'
RDF = f'<rdf:RDF xmlns:rdf="{xmp.RDF}">'.encode()
RATED = (
    b'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4">'
    b"<!-- Zo\xc3\xab --></rdf:Description>"
)
OTHER_PREFIX = (
    f'<r:RDF xmlns:r="{xmp.RDF}"><r:Description r:about="uuid:1"><a xmlns="x:y">1</a></r:Description></r:RDF>'
)

PACKETS = {
    "rating": BEGIN + RDF + RATED + b"</rdf:RDF>" + END,
    "nothing": BEGIN + RDF + b"</rdf:RDF>" + END,
    "RDF alone": OTHER_PREFIX.encode(),
    "zeros behind": BEGIN + RDF + RATED + b"</rdf:RDF>" + END + b"\0\0",
    "ours as an attribute": BEGIN
    + RDF
    + b'<rdf:Description rdf:about="" xmlns:q="http://example.org/ns/" q:Note=\'old\' '
    b'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF>' + END,
    "ours beside another": BEGIN + RDF + b'<rdf:Description rdf:about="" xmlns:q="http://example.org/ns/"><q:Note>old'
    b"</q:Note><q:More>1</q:More></rdf:Description></rdf:RDF>" + END,
    "ours, empty": BEGIN + RDF + b'<rdf:Description rdf:about="" xmlns:q="http://example.org/ns/"><q:Note/>'
    b"<q:More>1</q:More></rdf:Description></rdf:RDF>" + END,
}
TEXT = '{"a": "<&>\\"\'", "b": "\\u00eb"}'


@pytest.mark.parametrize("name", PACKETS)
def test_a_property_is_set_read_and_replaced(name: str) -> None:
    """The second value takes the place of the first, and the packet is XML as before."""
    packet = PACKETS[name]
    first = xmp.set_property(packet, OURS, "first value")
    second = xmp.set_property(first, OURS, TEXT)
    assert xmp.read_property(first, OURS) == "first value"
    assert xmp.read_property(second, OURS) == TEXT
    assert b"first value" not in second
    assert b"old" not in second
    assert xmp.read_property(second, RATING) == ("4" if b"xmp:Rating" in packet else None)
    assert second.count(b"Note>") == 2


@pytest.mark.parametrize("name", ["rating", "nothing", "RDF alone", "zeros behind"])
def test_every_other_byte_stays(name: str) -> None:
    """Without what was added the packet is the one that it was: rating, comment, padding and prefixes."""
    packet = PACKETS[name]
    new = xmp.set_property(packet, OURS, TEXT)
    start = new.index(b"<rdf:Description xmlns:rdf=")
    end = new.index(b"</our:Note></rdf:Description>", start) + len(b"</our:Note></rdf:Description>")
    assert new[:start] + new[end:] == packet
    assert xmp.read_property(packet, OURS) is None


def test_what_stands_beside_an_old_value_stays() -> None:
    """Of an element that holds more than our property, only that is taken out."""
    for name, rest in (("ours as an attribute", b'xmp:Rating="4"/>'), ("ours beside another", b"<q:More>1</q:More>")):
        assert rest in xmp.set_property(PACKETS[name], OURS, TEXT)


def test_a_photo_without_xmp_gets_a_packet() -> None:
    """It has the marks by which programs find it."""
    for nothing in (None, b""):
        packet = xmp.set_property(nothing, OURS, TEXT)
        assert packet.startswith(b'<?xpacket begin="\xef\xbb\xbf"')
        assert xmp.read_property(packet, OURS) == TEXT


@pytest.mark.parametrize(
    "packet",
    [b"<", b"<a/>", PACKETS["rating"].decode().encode("utf-16"), RDF + b"<a></rdf:RDF>",
     b'<!DOCTYPE a [<!ENTITY e "x">]>' + OTHER_PREFIX.encode(), f'<rdf:RDF xmlns:rdf="{xmp.RDF}"/>'.encode()],
)  # fmt: skip
def test_what_is_no_packet_is_refused(packet: bytes) -> None:
    """Nothing is guessed: not of broken XML, other encodings, entities, nor where there is no place."""
    with pytest.raises(ValueError, match=r"."):
        xmp.set_property(packet, OURS, TEXT)
