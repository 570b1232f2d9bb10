"""What the operating system says when it refuses, in the language spoken. In comes an OSError, out go a few words."""

from __future__ import annotations

import errno

from dtrack.core.translate import ENGLISH, marked, say, spoken

REASONS = {
    errno.ENOENT: marked("no such file or folder"),
    errno.EACCES: marked("permission denied"),
    errno.EPERM: marked("operation not permitted"),
    errno.ENOSPC: marked("no space left on the disk"),
    errno.EDQUOT: marked("disk quota exceeded"),
    errno.EROFS: marked("the file system is read-only"),
    errno.EISDIR: marked("it is a folder"),
    errno.ENOTDIR: marked("a part of the path is no folder"),
    errno.EEXIST: marked("there is such a file already"),
    errno.ENOTEMPTY: marked("the folder is not empty"),
    errno.EBUSY: marked("the file is in use"),
    errno.EIO: marked("the disk reports a fault"),
    errno.ENAMETOOLONG: marked("the file name is too long"),
    errno.EFBIG: marked("the file is too large"),
    errno.EMFILE: marked("too many open files"),
}


def reason(error: OSError) -> str:
    """Why the system refused: its own words in English and for what is rare, else those of the language."""
    if spoken() != ENGLISH and error.errno in REASONS:
        return say(REASONS[error.errno])
    return error.strerror or str(error)
