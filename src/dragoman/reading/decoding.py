"""Bytes to text, exactly: only a byte order mark is taken off, and whatever was not plain is said.

UTF-8 is what is expected. UTF-16 and UTF-32 are known by their mark or their zeros; anything else is told by
charset-normalizer, checked against the language that the text would then be in.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from dragoman.errors import ArticleError
from dragoman.reading.languages import detect_language, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "an SQLite database"),
)
_HEAD = 8192
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\r\x0b\x0c\x1b")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_SAMPLE = 20_000
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and what was odd."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def binary_kind(head: bytes) -> str | None:
    """Return what a file is that is no text, by its first bytes, or None for a text."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if unicode_form(head) is not None:
        return None
    head = head[:_HEAD]
    odd = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return "binary data" if odd * 20 > len(head) else None


def unicode_form(head: bytes) -> tuple[str, int] | None:
    """Return the encoding and the length of the mark for UTF-8 with a mark, UTF-16 and UTF-32."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    head = head[:_HEAD]
    if len(head) >= 8:
        half = len(head) // 2
        # Without a mark, UTF-16 of western text has a zero in every second byte, and hardly elsewhere.
        for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            zeros, others = head[offset::2].count(0), head[1 - offset :: 2].count(0)
            if zeros * 2 > half and others * 20 < half:
                return encoding, 0
    return None


def decode(data: bytes) -> Decoded:
    """Decode a whole text. Raises `ArticleError` for what is no text."""
    if (kind := binary_kind(data[:_HEAD])) is not None:
        raise ArticleError(f"this is {kind}, not a text", advice="convert it to plain text or HTML first")
    form = unicode_form(data)
    if form is not None:
        encoding, mark = form
        return _decode_unicode(data[mark:], encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_other(data)


def _decode_unicode(data: bytes, encoding: str) -> Decoded:
    warnings = [] if encoding == "utf-8" else [f"decoded from {encoding}"]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        warnings.append(f"some bytes are not valid {encoding}; they are shown as U+FFFD")
    return Decoded(text, encoding, tuple(warnings))


def _decode_other(data: bytes) -> Decoded:
    """Decode what is not UTF-8: damaged UTF-8, or an older encoding."""
    damaged = data.decode("utf-8", errors="surrogateescape")
    bad = len(_SURROGATES.findall(damaged))
    good = sum(1 for char in damaged if char > "\x7f") - bad
    if good >= 2 * bad:
        text = data.decode("utf-8", errors="replace")
        return Decoded(text, "utf-8", (f"{bad} bytes are not valid UTF-8; they are shown as U+FFFD",))
    encoding = detect_encoding(data)
    if encoding is None:
        text = data.decode("utf-8", errors="replace")
        note = "the encoding is not known; bytes that are not valid UTF-8 are shown as U+FFFD"
        return Decoded(text, "utf-8", (note,))
    return Decoded(data.decode(encoding), encoding, (f"not UTF-8; decoded as {encoding}",))


def detect_encoding(data: bytes) -> str | None:
    """Return the most likely older encoding of bytes that are not UTF-8, or None.

    Statistics on bytes cannot tell neighbouring code pages apart on short texts, so the guess of
    charset-normalizer is weighed against every code page in which the text decodes and then is in one of
    the languages written in that code page.
    """
    from charset_normalizer import from_bytes

    sample = _densest_part(data)
    best = from_bytes(sample).best()
    guessed = best.encoding if best is not None else None
    ranked: list[tuple[float, int, str]] = []
    known: dict[str, list[str]] = table()["encodings"]
    for order, (encoding, languages) in enumerate(known.items()):
        text = _try(sample, encoding)
        if text is None or _try(data, encoding) is None or detect_language(text) not in languages:
            continue
        ranked.append((round(_oddness(text), 3), order, encoding))
    if ranked:
        return min(ranked)[2]
    if guessed is not None and _try(data, guessed) is not None and guessed != "ascii":
        return guessed
    return "cp1252" if _try(data, "cp1252") is not None else "latin-1"


def _densest_part(data: bytes) -> bytes:
    """Return the part of long data around its first byte that is not ASCII."""
    if len(data) <= _SAMPLE:
        return data
    first = re.search(rb"[\x80-\xff]", data)
    start = max(0, (first.start() if first else 0) - 2000)
    line = data.rfind(b"\n", 0, start) + 1
    return data[max(line, start - 2000) : start + _SAMPLE]


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


_ODD = re.compile(r"[a-zà-ÿа-яёα-ω][A-ZÀ-ÞА-ЯЁΑ-Ω]|[\x80-\x9f]|[¤¦§¨ª¬¯°±²³´¶¸¹º¼½¾×÷]|[\ue000-\uf8ff]|[ｦ-ﾟ]")


def _oddness(text: str) -> float:
    """Return how much of a decoded text is what texts hardly contain: capitals inside words, stray signs."""
    others = sum(1 for char in text if char > "\x7f") or 1
    return len(_ODD.findall(text)) / others


class LineDecoder:
    """Decodes the lines of one file, each by itself, so that one bad line spoils no other.

    Lines that are not UTF-8 are read in the encoding found for the first such line that was long enough.
    """

    def __init__(self) -> None:
        self.encoding: str | None = None

    def decode(self, line: bytes) -> Decoded:
        """Decode one line. Raises `ArticleError` for what is no text."""
        try:
            return Decoded(line.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
        if self.encoding is not None and (text := _try(line, self.encoding)) is not None:
            return Decoded(text, self.encoding, (f"not UTF-8; decoded as {self.encoding}",))
        decoded = decode(line)
        if decoded.encoding != "utf-8" and len(line) >= 200:
            self.encoding = decoded.encoding
        return decoded


class _Recoder(io.RawIOBase):
    """A stream in UTF-16 or UTF-32, read as UTF-8."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            chunk = self._stream.read(_CHUNK)
            self._ready = self._decoder.decode(chunk, final=not chunk).encode("utf-8", errors="replace")
            if not chunk:
                break
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


def as_utf8(stream: io.BufferedReader) -> tuple[IO[bytes], tuple[str, ...]]:
    """Return a stream to be read by lines as UTF-8, without a byte order mark, and warnings."""
    form = unicode_form(stream.peek(_HEAD)[:_HEAD])
    if form is None:
        return stream, ()
    encoding, mark = form
    stream.read(mark)
    if encoding == "utf-8":
        return stream, ()
    return io.BufferedReader(_Recoder(stream, encoding)), (f"decoded from {encoding}",)


def text_warnings(text: str) -> Iterator[str]:
    """Say what is odd in a text that is kept as it is, so that offsets stay true."""
    controls = _CONTROLS.findall(text)
    if controls:
        first = f"U+{ord(controls[0]):04X}"
        yield f"{len(controls)} control character(s), the first {first}, are kept in the text"


def without_surrogates(text: str) -> str:
    """Replace halves of surrogate pairs, which no encoding can write, by U+FFFD (the length stays)."""
    return _SURROGATES.sub("�", text)
