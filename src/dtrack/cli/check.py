"""`dtrack check`: every finding of a workspace, with its place, code, sentence and remedy; and what a code means."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dtrack.answers.findings import MOST, by_code, gravest, headed, said
from dtrack.catalogue import CATALOGUE, Severity
from dtrack.cli import complete
from dtrack.cli import options as opt
from dtrack.cli.guard import guarded
from dtrack.cli.output import FOR_PROGRAMS, format_for, put_document, put_sheet
from dtrack.errors import REFUSED, Finding
from dtrack.schema import ACCEPTED_FILE
from dtrack.sheet import Column, Document, Sheet, harmless
from dtrack.tongue import marked, say, several

if TYPE_CHECKING:
    from dtrack.acceptance import Acceptance, Sifted
    from dtrack.workspace import Workspace

_HOW_TO_ACCEPT = marked(
    "If it is right, say so in {file}: "
    "with the area, indicator and period that the finding names, in any spelling, and why it is right, on whose word. With a "
    "value it holds only while the figure is that. value, by and day may be left out; without a reason nothing is accepted."
)
_TOLD_OF_A_CODE = {
    "found": marked("Found where: {text}"),
    "innocent": marked("It may be: {text}"),
    "remedy": marked("What to do: {text}"),
}


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("check")(check)


@guarded
def check(
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="Tell what a code means, how it is found, what to do.")
    ] = None,
    half: Annotated[
        str | None,
        typer.Option(
            "--half", "--period", metavar="PERIOD", autocompletion=complete.periods, help="Only this period. [default: all]"
        ),
    ] = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    everything: Annotated[bool, typer.Option("--all", help=f"Show more than {MOST} findings of one code.")] = False,
    format: opt.Format = None,
    output: opt.Output = None,
    bom: opt.Bom = False,
    workspace: opt.Folder = None,
) -> None:
    """List every fault of the workspace's files, and what may be wrong. Exit 3 if any is one that a report would refuse."""
    form = format_for(format, output)
    if explain is not None:
        tell_code(explain, form, output, bom)
        return
    opt.question(half, None, None, False)
    held = opt.load_any(workspace)
    found = chosen(held, sifted(held), half, opt.areas(held, district), opt.indicators(held, indicator))
    if form in FOR_PROGRAMS:
        put_sheet(sheet(found), form, output, bom)
    else:
        put_document(document(found, held.folder.name, everything or form != "table"), output, form)
    if any(finding.severity is Severity.REFUSE for finding in found.open):
        raise typer.Exit(REFUSED)


def sifted(held: Workspace) -> Sifted:
    """All findings of the workspace, the gravest first, open or accepted."""
    from dtrack.acceptance import sift
    from dtrack.files import Files
    from dtrack.plausible import ask, received_changed

    files = Files(held.folder)
    doubts = [*ask(held), *received_changed(files, held.sources.values())]
    return sift([*held.findings, *doubts], files, held)


def chosen(held: Workspace, all_of_them: Sifted, half: str | None, areas: tuple[int, ...], indicators: tuple[int, ...]) -> Sifted:
    """Those of the areas, indicators and period asked for, in order; one that names none of its own is of all."""
    from dtrack.acceptance import Sifted
    from dtrack.period import Period

    period = {str(Period.parse(half)), ""} if half else None
    of_areas = {held.areas[place].id for place in areas} | {""} if areas else None
    of_indicators = {held.indicators[place].id for place in indicators} | {""} if indicators else None
    wanted = (("area", of_areas), ("indicator", of_indicators), ("period", period))

    def fits(finding: Finding) -> bool:
        return all(among is None or getattr(finding, name) in among for name, among in wanted)

    return Sifted(
        tuple(sorted(filter(fits, all_of_them.open), key=gravest)),
        tuple(sorted((pair for pair in all_of_them.accepted if fits(pair[0])), key=lambda pair: gravest(pair[0]))),
    )


# ---- for people -----------------------------------------------------------------------------------------------------
def document(found: Sifted, name: str, everything: bool) -> Document:
    """A sentence that counts, a table for each code with what it means and what to do, and what is accepted below."""
    sheets = list(by_code(found.open, everything=everything))
    if found.accepted:
        sheets.append(_of_accepted(found.accepted))
    below = (say("What a code means and how it is found: dtrack check --explain CODE"),) if sheets else ()
    return Document(marked("check"), (summary(found, name),), sheets=tuple(sheets), below=below)


def summary(found: Sifted, name: str) -> str:
    """One sentence: how many findings of which severity, and how many are accepted."""
    counts = Counter(finding.severity for finding in found.open)
    parts = [severity.counted(counts[severity]) for severity in Severity if counts[severity]]
    if found.accepted:
        parts.append(several("{count} accepted", "{count} accepted", len(found.accepted)))
    if not parts:
        return say("{workspace}: nothing found.", workspace=name)
    return say("{workspace}: {counts}.", workspace=name, counts=say(", ").join(parts))


def _of_accepted(accepted: tuple[tuple[Finding, Acceptance], ...]) -> Sheet:
    told = (
        (f"{finding.place} [{finding.code}]", f"    {said(finding)}", f"    {say('Accepted: {reason}', reason=entry.told)}")
        for finding, entry in accepted
    )
    return Sheet(say("Accepted in {file}", file=ACCEPTED_FILE), (), tuple(line for lines in told for line in lines))


# ---- for programs ---------------------------------------------------------------------------------------------------
def sheet(found: Sifted) -> Sheet:
    """One row a finding, the accepted ones last with their reason."""
    every = [(finding, "") for finding in found.open] + [(finding, entry.told) for finding, entry in found.accepted]
    findings = [finding for finding, _ in every]
    named = ("file", "line", "column", "origin", "code", "area", "indicator", "period", "value", "sentence", "remedy")
    return Sheet("Findings", (
        Column("severity", "Severity", [str(finding.severity) for finding in findings]),
        *(Column(name, name.capitalize(), [getattr(finding, name) for finding in findings]) for name in named),
        Column("accepted", "Accepted", [reason for _, reason in every]),
        Column("innocent", "Innocent", [CATALOGUE[finding.code].innocent for finding in findings]),
    ))  # fmt: skip


# ---- a code ---------------------------------------------------------------------------------------------------------
def tell_code(word: str, form: str, output: Path | None, bom: bool) -> None:
    """What stands in the catalogue under a code. An unknown one is a bad command line, with the nearest."""
    from dtrack.spelling import nearest

    code = word.strip().lower().replace("_", "-")
    if code not in CATALOGUE:
        near = nearest(code, {name: (name,) for name in CATALOGUE})
        raise typer.BadParameter(harmless(say("“{word}” is no code. {near}", word=word, near=near)), param_hint="--explain")
    rule = CATALOGUE[code]
    told = {"code": code, "severity": str(rule.severity), "meaning": rule.meaning, "found": rule.found,
            "innocent": rule.innocent, "remedy": rule.remedy, "accept": example_of(code)}  # fmt: skip
    if form in FOR_PROGRAMS:
        put_sheet(Sheet("Code", tuple(Column(key, key, [text]) for key, text in told.items())), form, output, bom)
        return
    lines = [say(sentence, text=say(told[key])) for key, sentence in _TOLD_OF_A_CODE.items() if told[key]]
    if told["accept"]:
        lines += ["", say(_HOW_TO_ACCEPT, file=ACCEPTED_FILE), "", *told["accept"].splitlines()]
    put_document(Document(marked("code"), (headed(code, rule.severity),), below=tuple(lines)), output, form)


def example_of(code: str) -> str:
    """An entry that accepts a finding of the code; "" where it cannot be accepted."""
    if CATALOGUE[code].severity is Severity.REFUSE or code == "accepted-nothing":
        return ""
    cell = 'area = "haidian"\nindicator = "gdp_level"\nperiod = "H1-2024"\nvalue = "5754.7"'
    return f'[[accepted]]\ncode = "{code}"\n{cell}\nreason = "…"\nby = "…"\nday = 2024-09-27'
