"""The encoding of a text that somebody sent, and its characters.

A BOM decides the encoding; else UTF-8, which other texts do not pass by chance; else GB18030 (which
holds GBK and GB 2312) where it gives the Chinese that people write; else Windows-1252 where it
gives Latin letters. Whatever fits neither is refused.
"""

from __future__ import annotations

import codecs
import re

from dtrack.core.message import lazy_enumerated
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.importing.formats.limits import refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORDS = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "gb18030": "GB18030",
    "cp1252": "Windows-1252",
}
# What --encoding may say. Other codecs of Python are no texts (zip, hex), or slow on input that was
# made for it (punycode).
ALLOWED = {
    "utf-8": "utf-8-sig",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "cp950",
    "cp950": "cp950",
    "cp1252": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-15": "iso8859-15",
}
_CHINESE_MARKS = set("，。、；：？！“”‘’（）《》〈〉【】〔〕…—·％＋－／～　①②③④⑤⑥⑦⑧⑨⑩℃") | {
    chr(code) for code in range(0xFF01, 0xFF5F)
}
_LATIN_MARKS = set("«»‹›’‘“”–—…€£°²³·§\u00a0•")
_REMEDY = N_("save it as “CSV UTF-8” (in Excel: Save as), or name its encoding with --encoding")
_THREE_ACCENTS = re.compile(r"[^\W\d_\x00-\x7f]{3}")
# of the different Chinese characters: text in Chinese reaches 9 of 10, French read as Chinese
# hardly 1 of 3
_COMMON = 2 / 3
_ASCII = bytes(range(128))


def decode(name: str, raw: bytes, asked: str = "") -> tuple[str, str]:
    """The characters of a text without its BOM, and the encoding in words (UTF-8, GB18030).

    Raises BlockedByFindings.
    """
    encoding = (
        _asked(name, asked)
        if asked
        else next((codec for bom, codec in _BOMS if raw.startswith(bom)), "")
    )
    if not encoding.startswith("utf-16") and b"\0" in raw:
        why = _(
            "the file contains NUL bytes: it is not text, or UTF-16 without a byte order "
            "mark; {remedy}",
            remedy=_(_REMEDY),
        )
        raise refused(name, why)
    text = _guessed(name, raw) if not encoding else (_strictly(raw, encoding), encoding)
    if text[0] is None:
        shown = _WORDS.get(encoding, encoding.upper())
        why = _(
            "the file is not valid {encoding} text; {remedy}", encoding=shown, remedy=_(_REMEDY)
        )
        raise refused(name, why)
    if "\0" in text[0]:
        raise refused(name, _("the file contains NUL characters; {remedy}", remedy=_(_REMEDY)))
    return text[0], _WORDS.get(text[1], asked or text[1])


def _asked(name: str, asked: str) -> str:
    try:
        known = ALLOWED.get(codecs.lookup(asked).name)
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        known = None
    if known is None:
        sentence = _(
            "unsupported encoding {name}; use one of {names}",
            name=repr(asked[:40]),
            names=lazy_enumerated(ALLOWED),
        )
        raise refused(name, sentence)
    return known


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guessed(name: str, raw: bytes) -> tuple[str, str]:
    """UTF-8, else the one of GB18030 and Windows-1252 that gives a text people write."""
    for encoding, fits in (("utf-8", None), ("gb18030", is_chinese), ("cp1252", is_latin)):
        text = _strictly(raw, encoding)
        if text is None or (fits is not None and not fits(text)):
            continue
        if encoding == "utf-8" and _may_be_chinese(raw):
            why = _(
                "the encoding is ambiguous (UTF-8 or GB18030), because there are too few "
                "characters; name it with --encoding"
            )
            raise refused(name, why)
        return text, encoding
    sentence = _(
        "unknown encoding: neither UTF-8 nor common Chinese in GB18030; {remedy}",
        remedy=_(_REMEDY),
    )
    raise refused(name, sentence)


def _may_be_chinese(raw: bytes) -> bool:
    """A few Chinese characters in GBK pass as UTF-8 by chance.

    值 as a Hebrew point, 模 as a Baltic letter.

    Text that is UTF-8 indeed has characters of three bytes (Chinese), or none but those of Western
    Europe.
    """
    beyond = raw.translate(None, _ASCII).decode()  # of a large file nearly all is ASCII
    strange = {letter for letter in set(beyond) if letter > "\xff"}
    if not strange - _LATIN_MARKS - set("œŒŸšŠžŽ") or max(strange) > "\u07ff":
        return False
    other = _strictly(raw, "gb18030")
    return other is not None and is_chinese(other)


def is_chinese(text: str) -> bool:
    """True where most of its strange characters are common (the first level of GB 2312) or marks.

    French that is read as GB18030 gives rare characters: an accented letter and the letter after
    it.
    """
    strange = {letter for letter in set(text) if letter > "\x7f"}
    common = sum(letter in _CHINESE_MARKS or _is_common(letter) for letter in strange)
    return bool(strange) and common >= _COMMON * len(strange)


def _is_common(letter: str) -> bool:
    try:
        code = letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return 0xB0 <= code[0] <= 0xD7


def is_latin(text: str) -> bool:
    """All its characters beyond ASCII are Latin letters or marks among them.

    No three accented letters follow one another.

    Cyrillic, Greek and rare Chinese give long runs of accented letters when they are read as
    Windows-1252.
    """
    if _THREE_ACCENTS.search(text):
        return False
    strange = {letter for letter in set(text) if letter > "\x7f"}
    return all(
        letter in _LATIN_MARKS or (letter.isalpha() and letter <= "\u017f") for letter in strange
    )
