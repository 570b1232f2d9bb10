"""A question to the person at the terminal before something is written.

Yes, no, or nobody is there.
"""

from __future__ import annotations

import sys

import typer

from dtrack.cli.characters import shown
from dtrack.cli.output import announce, remark
from dtrack.cli.progress import waiting
from dtrack.cli.streams import unseen
from dtrack.core.findings import BAD_COMMAND
from dtrack.core.sanitize import harmless
from dtrack.core.translate import ENGLISH, _, active_language

_YES = {"en": ("y", "yes"), "zh": ("是", "是的", "好"), "fr": ("o", "oui")}
_NO = {"en": ("n", "no"), "zh": ("否", "不", "不是"), "fr": ("non",)}


def confirm(question: str, *, yes: bool) -> None:
    """Go on only where --yes was given, or a person says so who was shown what would be written."""
    if yes:
        return
    if not sys.stdin.isatty():
        announce(
            _(
                "nothing was written: confirmation is not possible here; use --yes to write "
                "without confirmation."
            )
        )
        raise typer.Exit(BAD_COMMAND)
    try:
        confirm = not unseen() and _is_yes(question)
    except KeyboardInterrupt:
        sys.stderr.write("\n")  # the question still stands on its line
        announce(_("nothing was written."))
        raise
    if not confirm:
        announce(_("nothing was written."))
        raise typer.Exit


def _is_yes(question: str) -> bool:
    """A person says yes, in the language spoken or with y.

    No where nothing is said, or where the input ends.
    """
    yes, no = (words[ENGLISH] + words[active_language()] for words in (_YES, _NO))
    waiting.over()
    while True:
        sys.stderr.write(
            shown(harmless(_("{question} [y/N]:", question=question)), sys.stderr) + " "
        )
        sys.stderr.flush()
        line = _typed()
        if not line.endswith("\n"):
            sys.stderr.write("\n")
        if line.strip().casefold() in (*yes, *no, ""):
            return line.strip().casefold() in yes
        remark(_("Error: invalid answer"))


def _typed() -> str:
    """What a person types, up to the end of the line; "" at the end of the input."""
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError:  # letters in another encoding than the terminal's
        return "\ufffd\n"
