"""Messages of the operating system and of the TOML and CSV readers, in the active language.

English readers get them as they came.
"""

from __future__ import annotations

import errno
import re

from dtrack.core.message import Deferred, Message, deferred, verbatim
from dtrack.core.translate import ENGLISH, N_, _, active_language

_OF_SYSTEM = {
    errno.ENOENT: N_("no such file or folder"),
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("operation not permitted"),
    errno.ENOSPC: N_("no space left on the disk"),
    errno.EDQUOT: N_("disk quota exceeded"),
    errno.EROFS: N_("the file system is read-only"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is not a folder"),
    errno.EEXIST: N_("the file exists already"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.EBUSY: N_("the file is in use"),
    errno.EIO: N_("the disk reports an error"),
    errno.ENAMETOOLONG: N_("the file name is too long"),
    errno.EFBIG: N_("the file is too large"),
    errno.EMFILE: N_("too many open files"),
}
_OF_CSV = (
    N_("unexpected end of data"),
    N_("'{sign}' expected after '{mark}'"),
    N_("field larger than field limit ({limit})"),
)
_OF_TOML = (
    N_("Invalid statement"),
    N_("Expected newline or end of document after a statement"),
    N_("Expected '=' after a key in a key/value pair"),
    N_("Expected ']' at the end of a table declaration"),
    N_("Expected ']]' at the end of an array declaration"),
    N_("Expected {sign}"),
    N_("Found invalid character {sign}"),
    N_("Illegal character {sign}"),
    N_("Invalid initial character for a key part"),
    N_("Cannot declare {key} twice"),
    N_("Cannot overwrite a value"),
    N_("Cannot mutate immutable namespace {key}"),
    N_("Cannot redefine namespace {key}"),
    N_("Duplicate inline table key {key}"),
    N_("Unclosed array"),
    N_("Unclosed inline table"),
    N_("Unescaped '\\' in a string"),
    N_("Invalid hex value"),
    N_("Escaped character is not a Unicode scalar value"),
    N_("Unterminated string"),
    N_("Invalid date or datetime"),
    N_("Invalid value"),
)


def reason(error: OSError) -> Deferred:
    """Return why the system refused: its own words in English and for what is rare."""
    return deferred(_system_words, error.errno, error.strerror or str(error))


def reader_message(english: str, otherwise: str) -> Message:
    """Return what a reader of CSV or TOML says of a fault.

    `otherwise`: the message for a language that has no words for it.

    >>> str(reader_message("Unclosed array", "this is no TOML"))
    'Unclosed array'
    """
    return verbatim(deferred(_reader_words, english, otherwise))


def _system_words(number: int | None, english: object) -> str:
    if active_language() != ENGLISH and number in _OF_SYSTEM:
        return _(_OF_SYSTEM[number])
    return str(english)


def _reader_words(english: str, otherwise: str) -> str:
    if active_language() == ENGLISH:
        return english or otherwise
    for known in (*_OF_TOML, *_OF_CSV):
        # each placeholder stands for any text
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(known))
        if found := re.fullmatch(pattern, english, re.DOTALL):
            return _(known, **found.groupdict())
    return _(otherwise)
