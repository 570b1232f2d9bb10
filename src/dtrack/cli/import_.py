"""`dtrack import`: a return that somebody sent goes into the workspace, or is told why not.

And the last one comes out again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dtrack.cli import complete
from dtrack.cli import options as opt
from dtrack.cli.asking import agreed
from dtrack.cli.errors import guarded
from dtrack.cli.output import announce, format_for, put_document, put_sheet, tell
from dtrack.cli.progress import waiting
from dtrack.cli.writing import write
from dtrack.core.findings import BAD_COMMAND, REFUSED, BlockedByFindings, Finding
from dtrack.core.message import lazy_counted, lazy_gettext
from dtrack.core.period import Period, parse_day
from dtrack.core.rules import Severity
from dtrack.core.sanitize import whole
from dtrack.core.translate import _, enumerated, ngettext
from dtrack.core.vocabulary import ObsStatus
from dtrack.i18n.system_messages import reason

if TYPE_CHECKING:
    from dtrack.importing.mapping import Map
    from dtrack.importing.pipeline import Received, Request
    from dtrack.rendering.formats import Format
    from dtrack.storage.changeset import Change
    from dtrack.workspace import Workspace

ALL = "dtrack import --all"  # lists every finding of a return
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="Of a text: utf-8, gb18030, big5, cp1252 … [default: found]",
    ),
]
Delimiter = Annotated[
    str,
    typer.Option(
        "--delimiter", metavar="SIGN", help="Between its fields: , ; tab or |. [default: found]"
    ),
]


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
    half: Annotated[
        str | None,
        opt.half_option("What the figures are for: H1-2024."),
    ] = None,
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
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="Title of a source that is not listed yet."),
    ] = None,
    status: Annotated[
        str,
        typer.Option(
            "--status", metavar="|".join(tuple(ObsStatus)), help="What the publisher calls them."
        ),
    ] = "flash",
    indicator: Annotated[
        str | None,
        typer.Option(
            "--indicator",
            "-i",
            metavar="ID",
            autocompletion=complete.indicators,
            help="Only this one; names a lone column.",
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook.")
    ] = None,
    map: Annotated[
        Path | None, typer.Option("--map", metavar="MAP.toml", help="What the headings do not say.")
    ] = None,
    save_map: Annotated[
        Path | None, typer.Option("--save-map", metavar="FILE", help="Write the map that was used.")
    ] = None,
    encoding: Encoding = "",
    delimiter: Delimiter = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show everything and write nothing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Write without asking, if nothing is refused.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last import back as a whole.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every figure and every finding.")
    ] = False,
    format: opt.Format = None,
    output: opt.Output = None,
    bom: opt.Bom = False,
    workspace: opt.Folder = None,
) -> None:
    """Bring a return into the workspace.

    Show what it says, what is suspicious in it and what it changes, and ask.
    """
    form = format_for(format, output)
    if undo:
        dataset = opt.load_any(workspace, to_write=not dry_run)
        take_back(dataset, yes=yes, dry_run=dry_run)
        return
    if file is None or half is None or published is None or source is None:
        given = {"FILE": file, "--half": half, "--published": published, "--source": source}
        missing = [name for name, word in given.items() if not word]
        raise typer.BadParameter(_("an import needs {words}", words=enumerated(missing)))
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

    from dtrack.importing.pipeline import change_of, receive

    waiting.doing(_("Reading {file}", file=request.name))
    received = receive(dataset, request)
    if save_map is not None:
        _save_map(received, save_map)
    show(received, request, form, output, bom, everything=everything)
    arrival = received.arrival
    change = change_of(
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
        announce(_("`dtrack import --undo` takes it back."))


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
            "refused for {count} finding; nothing was written.",
            "refused for {count} findings; nothing was written.",
            refusing,
        )
        announce(told)
        raise typer.Exit(REFUSED)
    if change is None:
        told = _("nothing in it was understood; nothing was written.")
        if read:
            told = _("everything is on file already; nothing was written.")
        announce(told)
        return False
    if dry_run:
        announce(_("--dry-run: nothing was written."))
        return False
    agreed(question, yes=yes)
    write(dataset.folder, change, deed)
    announce(_("wrote {files}.", files=enumerated(change.files)))
    return True


def requested(
    dataset: Workspace,
    given: tuple[Path, str, str, str],
    *,
    status: str = "final",
    indicator: str | None = None,
    sheet: str | None = None,
    map_file: Path | None = None,
    title: str | None = None,
    encoding: str = "",
    delimiter: str = "",
) -> Request:
    """The request that the words make; `given`: file, period, day of publication and source.

    A word that is no period, day or status is a bad command line.
    """
    from dtrack.importing.compare import Edition
    from dtrack.importing.pipeline import Request

    said = _map(map_file)
    file, half, published, source = given
    option = "--half"
    try:
        asked = Period.parse(half)
        option = "--published"
        parse_day(published)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
    if status not in tuple(ObsStatus):
        told = _("“{word}” is not one of {names}", word=status, names=enumerated(tuple(ObsStatus)))
        raise typer.BadParameter(told, param_hint="--status")
    if not published.strip() or not source.strip():
        raise typer.BadParameter(
            _("a figure has a day and a source"),
            param_hint="--published" if source.strip() else "--source",
        )
    only = opt.indicators(dataset, [indicator])[0] if indicator else -1
    name, raw = _bytes(file, source)
    edition = Edition(published.strip(), source.strip(), status)
    return Request(
        name,
        raw,
        asked,
        edition,
        said,
        sheet or "",
        only,
        title or "",
        encoding=encoding,
        delimiter="\t" if delimiter == "tab" else delimiter,
        today=opt.today(),
    )


def _bytes(file: Path, source: str) -> tuple[str, bytes]:
    """Name and bytes of the file.

    What comes in on stdin or through another pipe gets its name from the source.
    """
    from dtrack.importing.formats.detect import kind_of
    from dtrack.importing.formats.limits import TEXT

    raw = _as_far(file, TEXT, "workbook-refused")
    if str(file) != "-" and file.is_file():
        return whole(file.name), raw
    return f"{source}.{kind_of(source, raw)}", raw


def _as_far(file: Path, most: int, code: str) -> bytes:
    """The bytes of a file, of a pipe or of stdin.

    No more than may be, since a pipe or a device tells no size.
    """
    try:
        if str(file) == "-":
            raw = sys.stdin.buffer.read(most + 1)
        else:
            with file.open("rb") as stream:
                raw = stream.read(most + 1)
    except OSError as error:
        _unreadable(file, str(reason(error)))
    if len(raw) > most:
        told = lazy_gettext("it has more than {most} bytes", most=lazy_counted(most))
        raise BlockedByFindings((Finding(code, whole(file.name), None, "", told),))
    return raw


def _unreadable(file: Path, fault: str) -> NoReturn:
    announce(_("cannot read {file}: {fault}", file=file, fault=fault))
    raise typer.Exit(BAD_COMMAND) from None


def _map(file: Path | None) -> Map:
    from dtrack.importing.mapping import MOST_BYTES, Map, read_map

    if file is None:
        return Map()
    try:
        text = _as_far(file, MOST_BYTES, "toml-syntax").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _unreadable(
            file, _("byte {number} of {file} is not UTF-8", number=error.start + 1, file=file.name)
        )
    said, findings = read_map(text, file.name)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise BlockedByFindings(tuple(findings))
    tell(findings, sys.stderr)
    return said


def _save_map(received: Received, file: Path) -> None:
    from dtrack.cli.output import put_bytes
    from dtrack.importing.mapping import write_map

    put_bytes(write_map(received.used).encode(), opt.to_stdout(file))


def show(
    received: Received,
    request: Request,
    form: Format,
    output: Path | None,
    bom: bool,
    *,
    everything: bool,
) -> None:
    """The preview: what was understood, against what is on file, and the verdicts that turn."""
    from dtrack.analysis.impact import verdict_changes
    from dtrack.importing import preview

    arrival = received.arrival
    periods = list(dict.fromkeys(figure.period for figure in arrival.extracted.figures))[:5]
    turns = {period: verdict_changes(arrival.dataset, arrival.after, period) for period in periods}
    if not form.for_people:
        put_sheet(preview.sheet(arrival, turns), form, output, bom)
        tell(arrival.findings, sys.stderr, whole=ALL)
        return
    whole = everything or not form.on_screen
    document = preview.document(
        arrival, received.read.layout, turns, received.read.told, request.asked, everything=whole
    )
    put_document(document, output, form)
    tell_unseen(arrival.findings, form, output)


def tell_unseen(
    findings: Sequence[Finding], form: Format, output: Path | None, whole: str = ALL
) -> None:
    """What refuses, on stderr too where the document that tells it goes to no screen."""
    if output is not None or not form.on_screen:
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
    change, entry = log.undone(files), log.read(files)[-1]
    told = ngettext(
        "the import of {count} figure from {source} ({file}, {time})",
        "the import of {count} figures from {source} ({file}, {time})",
        entry.rows,
        source=entry.source,
        file=entry.figures,
        time=entry.time,
    )
    if dry_run:
        announce(_("--dry-run: {deed} would be taken back; nothing was written.", deed=told))
        return
    agreed(_("Take back {deed}?", deed=told), yes=yes)
    write(dataset.folder, change, "undo")
    announce(_("took back {deed}.", deed=told))
