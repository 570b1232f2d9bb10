"""`check`: findings as a document for people or a sheet for programs, and what one code means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dtrack.core.findings import Finding
from dtrack.core.places import ACCEPTED_FILE
from dtrack.core.rules import CATALOGUE, MOST_OF_A_CODE
from dtrack.core.severity import Severity
from dtrack.core.translate import N_, _, counted, enumerated, ngettext
from dtrack.reporting.document import Column, Detail, Document, Sheet

if TYPE_CHECKING:
    from dtrack.validation.accepted import Acceptance, FindingsReview

_ORDER = {code: number for number, code in enumerate(CATALOGUE)}
_HOW_TO_ACCEPT = N_(
    "If it is right, say so in {file}: "
    "with the area, indicator and period that the finding names, in any spelling, and why it is "
    "right, on whose word. With a "
    "value it holds only while the figure is that. value, by and day may be left out; without a "
    "reason nothing is accepted."
)
_TOLD_OF_A_CODE = {
    "found": N_("Found where: {text}"),
    "innocent": N_("It may be: {text}"),
    "remedy": N_("What to do: {text}"),
}


# ---- for people ----------------------------------------------------------------------------------
def document(found: FindingsReview, name: str, *, everything: bool) -> Document:
    """A sentence that counts, a table per code with its remedy, and what is accepted."""
    sheets = list(by_code(found.open, everything=everything))
    if found.accepted:
        sheets.append(_of_accepted(found.accepted))
    below = (
        (_("What a code means and how it is found: dtrack check --explain CODE"),) if sheets else ()
    )
    return Document(
        N_("check"), (summary_of_findings(found, name),), sheets=tuple(sheets), below=below
    )


def summary_of_findings(found: FindingsReview, name: str) -> str:
    """One sentence: how many findings of which severity, and how many are accepted."""
    counts = Counter[Severity]()
    for finding in found.open:
        counts[finding.severity] += finding.counts
    parts = [severity.counted(counts[severity]) for severity in Severity if counts[severity]]
    if found.accepted:
        parts.append(ngettext("{count} accepted", "{count} accepted", len(found.accepted)))
    if not parts:
        return _("{workspace}: nothing found.", workspace=name)
    return _("{workspace}: {counts}.", workspace=name, counts=_(", ").join(parts))


def _of_accepted(accepted: tuple[tuple[Finding, Acceptance], ...]) -> Sheet:
    told = (
        (
            f"{finding.place} [{finding.code}]",
            Detail(said(finding)),
            Detail(_("Accepted: {reason}", reason=entry.told)),
        )
        for finding, entry in accepted
    )
    return Sheet(
        _("Accepted in {file}", file=ACCEPTED_FILE),
        (),
        tuple(line for lines in told for line in lines),
    )


# ---- for programs --------------------------------------------------------------------------------
def sheet(found: FindingsReview) -> Sheet:
    """One row a finding, the accepted ones last with their reason."""
    every = [(finding, "") for finding in found.open] + [
        (finding, entry.told) for finding, entry in found.accepted
    ]
    findings = [finding for finding, _ in every]
    of_place = ("file", "line", "column", "origin", "code")
    of_cell = ("area", "indicator", "period")
    about = (*of_place, *of_cell, "value", "sentence", "remedy")
    return Sheet(
        "Findings",
        (
            Column("severity", "Severity", [str(finding.severity) for finding in findings]),
            *(
                Column(name, name.capitalize(), [getattr(finding, name) for finding in findings])
                for name in about
            ),
            Column("accepted", "Accepted", [reason for _, reason in every]),
            Column(
                "innocent", "Innocent", [CATALOGUE[finding.code].innocent for finding in findings]
            ),
        ),
    )


# ---- a code --------------------------------------------------------------------------------------
def _told(code: str) -> dict[str, str]:
    of_rule = ("severity", "meaning", "found", "innocent", "remedy")
    told = {name: str(getattr(CATALOGUE[code], name)) for name in of_rule}
    return {"code": code, **told, "accept": example_of(code)}


def code_sheet(code: str) -> Sheet:
    """What stands in the catalogue under a code, in one row."""
    return Sheet("Code", tuple(Column(key, key, [text]) for key, text in _told(code).items()))


def code_document(code: str) -> Document:
    """What the catalogue says of a code, and how a finding of it is accepted."""
    told = _told(code)
    lines = [
        _(sentence, text=_(told[key])) for key, sentence in _TOLD_OF_A_CODE.items() if told[key]
    ]
    if told["accept"]:
        lines += ["", _(_HOW_TO_ACCEPT, file=ACCEPTED_FILE), "", *told["accept"].splitlines()]
    return Document(N_("code"), (headed(code, CATALOGUE[code].severity),), below=tuple(lines))


def example_of(code: str) -> str:
    """An entry that accepts a finding of the code; "" where it cannot be accepted."""
    if CATALOGUE[code].severity is Severity.ERROR or code == "accepted-nothing":
        return ""
    cell = 'area = "haidian"\nindicator = "gdp_level"\nperiod = "H1-2024"\nvalue = "5754.7"'
    return f'[[accepted]]\ncode = "{code}"\n{cell}\nreason = "…"\nby = "…"\nday = 2024-09-27'


# ---- findings as people read them ---------------------------------------------------------------
def gravest(finding: Finding) -> tuple[int, int, str, int]:
    """The order of findings: severity, code in the order of the catalogue, place."""
    return (
        list(Severity).index(finding.severity),
        _ORDER[finding.code],
        finding.file,
        finding.line or 0,
    )


def by_code(found: Iterable[Finding], *, everything: bool) -> tuple[Sheet, ...]:
    """One sheet a code: meaning, places with their sentences, remedy; past twenty counted."""
    blocks: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in sorted(found, key=gravest):
        blocks.setdefault((finding.severity, finding.code), []).append(finding)
    return tuple(
        _of_code(severity, code, those, everything) for (severity, code), those in blocks.items()
    )


def _of_code(severity: Severity, code: str, found: list[Finding], everything: bool) -> Sheet:
    """One code; no table, since places are long, and to be copied."""
    shown = found if everything or len(found) <= MOST_OF_A_CODE + 1 else found[:MOST_OF_A_CODE]
    # it counts what was not even made a finding
    shown += [finding for finding in found[len(shown) :] if finding.more]
    lines = [line for finding in shown for line in (finding.place, Detail(said(finding)))]
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
