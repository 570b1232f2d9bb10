"""What dtrack says about itself, on stderr, and its findings; and answers of one sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

from dtrack.cli.characters import shown
from dtrack.cli.progress import waiting
from dtrack.core.findings import Finding
from dtrack.core.sanitize import harmless
from dtrack.core.severity import Severity
from dtrack.core.translate import _, ngettext

_MOST_FINDINGS = 50


def remark(sentence: str) -> None:
    """One sentence on stderr, in whatever signs it can show."""
    waiting.over()
    sys.stderr.write(shown(harmless(sentence), sys.stderr) + "\n")


def announce(sentence: object) -> None:
    """One sentence that dtrack says about itself, on stderr: dtrack: nothing was written."""
    remark(_("dtrack: {sentence}", sentence=sentence))


def answer(sentence: str) -> None:
    """One sentence on stdout, in whatever signs it can show."""
    waiting.over()
    sys.stdout.write(shown(harmless(sentence), sys.stdout) + "\n")


def tell(
    findings: Iterable[Finding],
    stream: TextIO,
    most: int = _MOST_FINDINGS,
    whole: str = "dtrack check",
) -> None:
    """Findings by severity; past `most` they are counted, and `whole` lists all of them."""
    waiting.over()
    order = list(Severity)
    found = sorted(findings, key=lambda finding: order.index(finding.severity))
    stream.writelines(shown(harmless(str(finding)), stream) + "\n" for finding in found[:most])
    if len(found) > most:
        rest = len(found) - most
        told = ngettext(
            "… and {count} more finding: {command} lists all",
            "… and {count} more findings: {command} lists all",
            rest,
            command=whole,
        )
        stream.write(shown(told, stream) + "\n")
