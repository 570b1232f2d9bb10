"""What the operating system says when it refuses, in the language spoken.

In comes an OSError, out go a few words.
"""

from __future__ import annotations

import errno

from dtrack.core.message import Deferred, deferred
from dtrack.core.translate import ENGLISH, N_, _, active_language

REASONS = {
    errno.ENOENT: N_("no such file or folder"),
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("operation not permitted"),
    errno.ENOSPC: N_("no space left on the disk"),
    errno.EDQUOT: N_("disk quota exceeded"),
    errno.EROFS: N_("the file system is read-only"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EEXIST: N_("there is such a file already"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.EBUSY: N_("the file is in use"),
    errno.EIO: N_("the disk reports a fault"),
    errno.ENAMETOOLONG: N_("the file name is too long"),
    errno.EFBIG: N_("the file is too large"),
    errno.EMFILE: N_("too many open files"),
}


def reason(error: OSError) -> Deferred:
    """Why the system refused.

    Its own words in English and for what is rare, else those of the language.
    """
    return deferred(_words, error.errno, error.strerror or str(error))


def _words(number: int | None, english: object) -> str:
    if active_language() != ENGLISH and number in REASONS:
        return _(REASONS[number])
    return str(english)
