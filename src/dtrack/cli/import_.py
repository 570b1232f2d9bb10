"""`dtrack import`: a return that somebody sent goes into the workspace, or is told why not.

And the last one comes out again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dtrack.cli import complete
from dtrack.cli import options as opt
from dtrack.cli.asking import confirm
from dtrack.cli.errors import guarded
from dtrack.cli.import_request import Delimiter, Encoding, MapFile, SheetName, Title, Yes, requested
from dtrack.cli.output import announce, tell
from dtrack.cli.output_options import to_stdout
from dtrack.cli.progress import waiting
from dtrack.cli.result import Output, PreviewOutput
from dtrack.cli.writing import write_change
from dtrack.core.findings import REFUSED, Finding
from dtrack.core.severity import Severity
from dtrack.core.translate import _, enumerated, ngettext
from dtrack.core.vocabulary import PUBLISHED

if TYPE_CHECKING:
    from dtrack.importing.pipeline import ReceivedReturn, Request
    from dtrack.storage.changeset import Change
    from dtrack.workspace import Workspace

ALL = "dtrack import --all"  # lists every finding of a return


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("import")(bring_in)


@guarded
def bring_in(
    file: Annotated[
        Path | None,
        typer.Argument(
            help=".xlsx, .xls, .ods, .docx, .csv or .tsv; - reads stdin.", show_default=False
        ),
    ] = None,
    half: Annotated[str | None, opt.half_option("The period of the figures: H1-2024.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="The day they were published.")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar="ID",
            autocompletion=complete.sources,
            help="Their source; one not listed yet is added.",
        ),
    ] = None,
    title: Title = None,
    status: Annotated[
        str,
        typer.Option(
            "--status", metavar="|".join(PUBLISHED), help="Their status, as the publisher has it."
        ),
    ] = "flash",
    indicator: Annotated[
        str | None,
        typer.Option(
            "--indicator",
            "-i",
            metavar="ID",
            autocompletion=complete.indicators,
            help="Only this indicator; also that of a column without a heading.",
        ),
    ] = None,
    sheet: SheetName = None,
    map: MapFile = None,
    save_map: Annotated[
        Path | None, typer.Option("--save-map", metavar="FILE", help="Write the map used to FILE.")
    ] = None,
    encoding: Encoding = "",
    delimiter: Delimiter = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the preview and write nothing.")
    ] = False,
    yes: Yes = False,
    undo: Annotated[bool, typer.Option("--undo", help="Undo the last import as a whole.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every figure and every finding.")
    ] = False,
    *,
    out: PreviewOutput,
    workspace: opt.Folder = None,
) -> None:
    """Import a data return: preview, validate, confirm.

    Nothing is written before it is confirmed; --dry-run shows the preview alone.
    """
    if undo:
        dataset = opt.load_any(workspace, to_write=not dry_run)
        take_back(dataset, yes=yes, dry_run=dry_run)
        return
    if file is None or half is None or published is None or source is None:
        given = {"FILE": file, "--half": half, "--published": published, "--source": source}
        missing = [name for name, word in given.items() if not word]
        raise typer.BadParameter(_("required: {words}", words=enumerated(missing)))
    dataset = opt.load(workspace, to_write=not dry_run)
    request = requested(
        dataset,
        (file, half, published, source),
        status=status,
        indicator=indicator,
        sheet=sheet,
        map_file=map,
        title=title,
        encoding=encoding,
        delimiter=delimiter,
    )

    import datetime as dt

    from dtrack.importing.pipeline import changeset_of, receive

    waiting.doing(_("Reading {file}", file=request.name))
    received = receive(dataset, request)
    if save_map is not None:
        _save_map(received, save_map)
    show_preview(received, request, out, everything=everything)
    arrival = received.arrival
    change = changeset_of(
        dataset, request, received, dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    )
    question = ngettext(
        "Write {count} figure to {file}?",
        "Write {count} figures to {file}?",
        arrival.kept,
        file=arrival.name,
    )
    if written(
        dataset,
        change,
        arrival.findings,
        question,
        "import",
        len(arrival.extracted.figures),
        dry_run=dry_run,
        yes=yes,
    ):
        announce(_("Undo with `dtrack import --undo`."))


def written(
    dataset: Workspace,
    change: Change | None,
    findings: Sequence[Finding],
    question: str,
    deed: str,
    read: int,
    *,
    dry_run: bool,
    yes: bool,
) -> bool:
    """Write where no finding is *refuse* and a person agrees. Exit 3 where one is.

    `read`: figures or targets that the file has.
    """
    refusing = sum(finding.counts for finding in findings if finding.severity is Severity.ERROR)
    if refusing:
        from dtrack.storage.preconditions import insist_as_read

        insist_as_read(dataset.folder, dataset.read_from)
        told = ngettext(
            "{count} error; nothing was written.",
            "{count} errors; nothing was written.",
            refusing,
        )
        announce(told)
        raise typer.Exit(REFUSED)
    if change is None:
        told = _("no content was recognised; nothing was written.")
        if read:
            told = _("all figures are already recorded; nothing was written.")
        announce(told)
        return False
    if dry_run:
        announce(_("--dry-run: nothing was written."))
        return False
    confirm(question, yes=yes)
    write_change(dataset.folder, change, deed)
    announce(_("wrote {files}.", files=enumerated(change.files)))
    return True


def _save_map(received: ReceivedReturn, file: Path) -> None:
    from dtrack.cli.result_files import put_bytes
    from dtrack.importing.mapping import write_map

    put_bytes(write_map(received.used).encode(), to_stdout(file))


def show_preview(
    received: ReceivedReturn,
    request: Request,
    out: PreviewOutput,
    *,
    everything: bool,
) -> None:
    """The preview: what was understood, against what is on file, and the verdicts that turn."""
    from dtrack.analysis.impact import verdict_changes
    from dtrack.importing import preview

    arrival = received.arrival
    periods = arrival.extracted.periods[:5]
    turns = {period: verdict_changes(arrival.dataset, arrival.after, period) for period in periods}
    whole = everything or not out.form.on_screen
    out.put(
        lambda: preview.sheet(arrival, turns),
        lambda: preview.document(
            arrival,
            received.read.layout,
            turns,
            received.read.told,
            request.asked,
            everything=whole,
        ),
    )
    if out.form.for_people:
        tell_unseen(arrival.findings, out)
    else:
        tell(arrival.findings, sys.stderr, whole=ALL)


def tell_unseen(findings: Sequence[Finding], out: Output, whole: str = ALL) -> None:
    """What refuses, on stderr too where the document that tells it goes to no screen."""
    if not out.is_on_screen:
        tell(
            [finding for finding in findings if finding.severity is Severity.ERROR],
            sys.stderr,
            whole=whole,
        )


def take_back(dataset: Workspace, *, yes: bool, dry_run: bool) -> None:
    """Undo the last import."""
    from dtrack.importing import register as log
    from dtrack.storage.paths import Files

    files = log.pinned(Files(dataset.folder))
    change, entry = log.undone(files), log.read_log(files)[-1]
    told = ngettext(
        "the import of {count} figure from {source} ({file}, {time})",
        "the import of {count} figures from {source} ({file}, {time})",
        entry.rows,
        source=entry.source,
        file=entry.figures,
        time=entry.time,
    )
    if dry_run:
        announce(_("--dry-run: {deed} would be undone; nothing was written.", deed=told))
        return
    confirm(_("Undo {deed}?", deed=told), yes=yes)
    write_change(dataset.folder, change, "undo")
    announce(_("undone: {deed}.", deed=told))
