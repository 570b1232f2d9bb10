"""`dtrack check`: every finding of a workspace, with its place, code, sentence and remedy."""

from __future__ import annotations

from collections import Counter

import typer

from dtrack.catalogue import Severity
from dtrack.cli import options as opt
from dtrack.cli.output import format_for, guarded, put_document, put_sheet
from dtrack.errors import REFUSED, Finding
from dtrack.sheet import Column, Document, Sheet


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("check")(check)


@guarded
def check(format: opt.Format = None, output: opt.Output = None, bom: opt.Bom = False, workspace: opt.Folder = None) -> None:
    """List every fault of the workspace's files. Exit 3 if any is one that a report would refuse."""
    form = format_for(format, output)
    held = opt.load_any(workspace)
    order = list(Severity)
    found = sorted(held.findings, key=lambda f: (order.index(f.severity), f.file, f.line or 0))
    if form != "table":
        put_sheet(sheet(found), form, output, bom)
    else:
        put_document(Document("check", (summary(found, held.folder.name),), sheets=(sheet(found),) if found else ()), output)
    if any(finding.severity is Severity.REFUSE for finding in found):
        raise typer.Exit(REFUSED)


def summary(found: list[Finding], name: str) -> str:
    """One sentence: how many findings of which severity."""
    counts = Counter(finding.severity for finding in found)
    if not found:
        return f"{name}: nothing found."
    return f"{name}: " + ", ".join(f"{counts[severity]:,} {severity}" for severity in Severity if counts[severity]) + "."


def sheet(found: list[Finding]) -> Sheet:
    """The findings as a sheet: severity, place, code, sentence, remedy."""
    tones = [str(finding.severity) for finding in found]
    return Sheet("Findings", (
        Column("severity", "Severity", tones, tones=tones),
        Column("place", "Place", [finding.place for finding in found]),
        Column("code", "Code", [finding.code for finding in found]),
        Column("sentence", "What", [finding.sentence for finding in found]),
        Column("remedy", "Remedy", [finding.remedy for finding in found]),
    ))  # fmt: skip
