"""Findings as people read them: one block a code, the gravest first.

In come findings, out go sheets of plain lines.
"""

from __future__ import annotations

from collections.abc import Iterable

from dtrack.core.findings import Finding
from dtrack.core.rules import CATALOGUE, MOST_OF_A_CODE, Severity
from dtrack.core.translate import _, counted, enumerated
from dtrack.reporting.document import Sheet

_ORDER = {code: number for number, code in enumerate(CATALOGUE)}


def gravest(finding: Finding) -> tuple[int, int, str, int]:
    """The order of findings: severity, code in the order of the catalogue, place."""
    return (
        list(Severity).index(finding.severity),
        _ORDER[finding.code],
        finding.file,
        finding.line or 0,
    )


def by_code(found: Iterable[Finding], *, everything: bool) -> tuple[Sheet, ...]:
    """One sheet a code: what it means, each place with its sentence under it, and what to do.

    Past twenty they are counted.
    """
    blocks: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in sorted(found, key=gravest):
        blocks.setdefault((finding.severity, finding.code), []).append(finding)
    return tuple(
        _of_code(severity, code, those, everything) for (severity, code), those in blocks.items()
    )


def _of_code(severity: Severity, code: str, found: list[Finding], everything: bool) -> Sheet:
    """What a code means, each place with its sentence under it, and what to do.

    No table: places are long, and to be copied.
    """
    shown = found if everything or len(found) <= MOST_OF_A_CODE + 1 else found[:MOST_OF_A_CODE]
    # it counts what was not even made a finding
    shown += [finding for finding in found[len(shown) :] if finding.more]
    lines = [line for finding in shown for line in (finding.place, f"    {said(finding)}")]
    if len(shown) < len(found):
        lines.append(
            _(
                "… and {count} more: --all, --format csv or json",
                count=counted(len(found) - len(shown)),
            )
        )
    return Sheet(headed(code, severity), (), (*lines, f"→ {_(CATALOGUE[code].remedy)}"))


def headed(code: str, severity: Severity) -> str:
    """A code with its severity and what it means, in one line."""
    meaning = _(CATALOGUE[code].meaning)
    return _("{code} ({severity}): {meaning}", code=code, severity=severity.word, meaning=meaning)


def said(finding: Finding) -> str:
    """The sentence, after the names of what it is about."""
    cell = enumerated(part for part in (finding.area, finding.indicator, finding.period) if part)
    return (
        _("{cell}: {sentence}", cell=cell, sentence=finding.sentence) if cell else finding.sentence
    )
