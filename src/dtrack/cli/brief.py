"""`dtrack brief`: the one-page briefing of a period, in Chinese, English or French."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dtrack.cli import options as opt
from dtrack.cli.errors import guarded
from dtrack.cli.output import put_bytes, put_document
from dtrack.cli.report import tell_rest
from dtrack.core.translate import _, enumerated

if TYPE_CHECKING:
    from dtrack.reporting.document import Document

# table: plain text, on the screen as in a file
FORMATS = {"table": (".txt",), "md": (".md",), "html": (".html", ".htm")}
Indicator = Annotated[
    str | None,
    typer.Option(
        "--indicator",
        "-i",
        metavar="ID",
        help="Of this indicator. [default: the workspace's headline]",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", "-f", metavar="table|md|html", help="[default: by the suffix of -o, else table]"
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("brief")(brief)


@guarded
def brief(
    half: opt.Half = None,
    indicator: Indicator = None,
    as_of: opt.AsOf = None,
    format: Format = None,
    output: opt.Output = None,
    workspace: opt.Folder = None,
) -> None:
    """Tell a period on one page: the city, who met the target, who fell short, what is needed."""
    form = _form(format, output)
    asked = opt.question(half, as_of, None, set_aside=False)
    from dtrack.analysis.blocking import insist
    from dtrack.analysis.default_period import default_period
    from dtrack.reporting.briefing_facts import gather
    from dtrack.reporting.briefing_text import briefing

    dataset = opt.load(workspace)
    indicators = opt.indicators(dataset, [indicator] if indicator else None)
    asked = replace(asked, period=asked.period or default_period(dataset, asked, indicators, ()))
    insist(dataset, asked, [], [dataset.indicators[p].id for p in indicators], weights=True)
    facts = gather(dataset, asked, indicators[0] if indicators else None)
    _put(briefing(facts), form, output)
    tell_rest(dataset, asked, shown_above=False)


def _form(name: str | None, file: Path | None) -> str:
    """The format asked for, else the one that the file's suffix chooses, else table."""
    if name is not None:
        if name not in FORMATS:
            told = _("“{word}” is not one of {words}", word=name, words=enumerated(FORMATS))
            raise typer.BadParameter(told, param_hint="--format")
        return name
    if file is None:
        return "table"
    for form, suffixes in FORMATS.items():
        if file.suffix.lower() in suffixes:
            return form
    told = _(
        "the suffix “{suffix}” chooses no format; a briefing is .md, .html or .txt",
        suffix=file.suffix,
    )
    raise typer.BadParameter(told, param_hint="-o")


def _put(document: Document, form: str, output: Path | None) -> None:
    if form == "table":
        put_document(document, output)
    elif form == "md":
        from dtrack.rendering import briefing_markdown

        put_bytes(briefing_markdown.render(document), output)
    else:
        from dtrack.rendering import briefing_html

        put_bytes(briefing_html.render(document), output)
