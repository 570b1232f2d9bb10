"""The request of an import: the options of a file that was sent, their words and its bytes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dtrack.cli import options as opt
from dtrack.cli.output import announce, tell
from dtrack.core.days import parse_day
from dtrack.core.findings import BAD_COMMAND, BlockedByFindings, Finding
from dtrack.core.message import lazy_counted, lazy_gettext
from dtrack.core.period import Period
from dtrack.core.sanitize import whole
from dtrack.core.severity import Severity
from dtrack.core.translate import _, enumerated
from dtrack.core.vocabulary import PUBLISHED
from dtrack.i18n.system_messages import reason

if TYPE_CHECKING:
    from dtrack.importing.mapping import Map
    from dtrack.importing.pipeline import Request
    from dtrack.workspace import Workspace

Title = Annotated[
    str | None,
    typer.Option("--title", metavar="TEXT", help="Title of a source that is not listed yet."),
]
SheetName = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook.")
]
MapFile = Annotated[
    Path | None,
    typer.Option("--map", metavar="MAP.toml", help="A map of columns, units and periods."),
]
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="Of a text: utf-8, gb18030, big5, cp1252. [default: detected]",
    ),
]
Delimiter = Annotated[
    str,
    typer.Option(
        "--delimiter", metavar="SIGN", help="Between its fields: , ; tab or |. [default: detected]"
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Write without asking, unless there are errors.")]


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
    if status not in PUBLISHED:
        told = _("“{word}” is not one of {names}", word=status, names=enumerated(PUBLISHED))
        raise typer.BadParameter(told, param_hint="--status")
    if not published.strip() or not source.strip():
        raise typer.BadParameter(
            _("a figure requires a date and a source"),
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
        told = lazy_gettext("the file has more than {most} bytes", most=lazy_counted(most))
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
