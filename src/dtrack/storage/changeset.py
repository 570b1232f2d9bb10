"""A change of a workspace's files, as a value: what is to be written, and from what it was made.

Nothing is written here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dtrack.storage.paths import fingerprint

_UNFIT = re.compile(r'[<>:"|?*/\\]|^\.|[ .]$')
# some systems pass over such signs: ".git" with one before it is .git there
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_DEVICE = re.compile(
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$) *(\..*)?", re.IGNORECASE
)


def portable(part: str) -> bool:
    """True for a name of one file or folder that every system can hold.

    No sign or device of Windows, nothing hidden or unseen.

    >>> portable("上半年.xlsx"), portable("CON.xlsx"), portable(".git"), portable("a:b")
    (True, False, False, False)
    """
    unfit = not part or _UNFIT.search(part) or _DEVICE.fullmatch(part)
    return not unfit and not any(unicodedata.category(sign) in _UNSEEN for sign in part)


@dataclass(frozen=True)
class Change:
    """Files to be written and taken away as a whole, or not at all.

    `files`: name relative to the workspace (with /) → its new bytes, in the order in which they
    are put in place; the last one is the one that counts (a reader that comes in between sees
    the state before). `gone`: names of files to be taken away, before any is put in place.
    `seen`: name → fingerprint of the bytes that the change was made from, "" where there was no
    such file. `read_from`: likewise of every file that was read when the change was looked at
    (`Workspace.read_from`), empty where it was not. If one of them is another by then, or there
    is one more file of figures than these, nothing is written.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    seen: Mapping[str, str] = field(default_factory=dict)
    read_from: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def prints(self) -> Mapping[str, str]:
        """The fingerprints of `files`."""
        return {name: fingerprint(raw) for name, raw in self.files.items()}
