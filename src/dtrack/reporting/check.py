"""`check`: findings as a document for people or a sheet for programs, and what one code means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dtrack.core.findings import Finding
from dtrack.core.places import ACCEPTED_FILE
from dtrack.core.rules import CATALOGUE, MOST_OF_A_CODE
from dtrack.core.severity import Severity
from dtrack.core.translate import N_, _, counted, enumerated, listed, ngettext
from dtrack.reporting.document import Column, Detail, Document, Sheet

if TYPE_CHECKING:
    from dtrack.validation.accepted import Acceptance, Extent, FindingsReview

_ORDER = {code: number for number, code in enumerate(CATALOGUE)}
_HOW_TO_ACCEPT = N_(
    "If the figure is right, confirm it as an exception in {file}: give the area, indicator and "
    "period of the finding, in any spelling, the reason, and who confirmed it. With `value` the "
    "exception holds only for that figure. `value`, `by` and `day` are optional; a reason is "
    "required."
)
_TOLD_OF_A_CODE = {
    "rule": N_("Detection rule: {text}"),
    "explanation": N_("Possible explanation: {text}"),
    "remedy": N_("Remedy: {text}"),
}
_SCHEMA = 2  # severities error, warning, info; `explanation` and `rule`


# ---- for people ----------------------------------------------------------------------------------
def document(found: FindingsReview, name: str, *, everything: bool) -> Document:
    """A sentence that counts, a table per code with its remedy, and the confirmed exceptions."""
    sheets = list(by_code(found.open, everything=everything))
    if found.accepted:
        sheets.append(_of_accepted(found.accepted))
    below = (
        (_("Meaning and detection rule of a code: dtrack check --explain CODE"),) if sheets else ()
    )
    return Document(
        N_("check"), (summary_of_findings(found, name),), sheets=tuple(sheets), below=below
    )


def summary_of_findings(found: FindingsReview, name: str) -> str:
    """One sentence: what was checked, and how many findings of which severity there are.

    Errors and warnings are counted where there are none, too.
    """
    counts = Counter[Severity]()
    for finding in found.open:
        counts[finding.severity] += finding.counts
    parts = [
        severity.counted(counts[severity]) if counts[severity] else none
        for severity, none in zip(Severity, (_("no errors"), _("no warnings"), ""), strict=True)
    ]
    if found.accepted:
        parts.append(
            ngettext(
                "{count} confirmed exception", "{count} confirmed exceptions", len(found.accepted)
            )
        )
    return _(
        "{workspace}: {checked} checked: {counts}.",
        workspace=name,
        checked=listed(_checked(found.extent)),
        counts=_(", ").join(filter(None, parts)),
    )


def _checked(extent: Extent) -> list[str]:
    sources = extent.sources
    return [
        ngettext("{count} figure", "{count} figures", extent.figures),
        ngettext("{count} target", "{count} targets", extent.targets),
        *([] if sources is None else [ngettext("{count} source", "{count} sources", sources)]),
    ]


def _of_accepted(accepted: tuple[tuple[Finding, Acceptance], ...]) -> Sheet:
    told = (
        (
            f"{finding.place} [{finding.code}]",
            Detail(said(finding)),
            Detail(_("Reason: {reason}", reason=entry.told)),
        )
        for finding, entry in accepted
    )
    return Sheet(
        _("Confirmed exceptions ({file})", file=ACCEPTED_FILE),
        (),
        tuple(line for lines in told for line in lines),
    )


# ---- for programs --------------------------------------------------------------------------------
def sheet(found: FindingsReview) -> Sheet:
    """One row a finding, the confirmed exceptions last with their reason."""
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
                "explanation",
                "Explanation",
                [CATALOGUE[finding.code].explanation for finding in findings],
            ),
        ),
        schema=_SCHEMA,
    )


# ---- a code --------------------------------------------------------------------------------------
def _told(code: str) -> dict[str, str]:
    of_rule = ("severity", "meaning", "rule", "explanation", "remedy")
    told = {name: str(getattr(CATALOGUE[code], name)) for name in of_rule}
    return {"code": code, **told, "accept": example_of(code)}


def code_sheet(code: str) -> Sheet:
    """What stands in the catalogue under a code, in one row."""
    columns = tuple(Column(key, key, [text]) for key, text in _told(code).items())
    return Sheet("Code", columns, schema=_SCHEMA)


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
