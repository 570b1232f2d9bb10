"""`dtrack targets`: the targets in force; `dtrack targets set` and `import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dtrack.cli import complete
from dtrack.cli import options as opt
from dtrack.cli.add import Area, Indicator, Period
from dtrack.cli.errors import guarded
from dtrack.cli.help import ListedInFull
from dtrack.cli.import_ import tell_unseen, written
from dtrack.cli.import_request import Delimiter, Encoding, MapFile, SheetName, Title, Yes, requested
from dtrack.cli.output import tell
from dtrack.cli.result import Output, PreviewOutput
from dtrack.cli.writing import TEXTS, DryRun, carried_out
from dtrack.core.translate import _, ngettext
from dtrack.core.vocabulary import Over, TargetClass

if TYPE_CHECKING:
    from dtrack.editing.review import ProposedEdit
    from dtrack.workspace import Workspace

group = typer.Typer(cls=ListedInFull, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.add_typer(group, name="targets")


@group.callback(invoke_without_command=True)
@guarded
def targets(
    context: typer.Context,
    half: Annotated[
        str | None, opt.half_option("Only those that apply to this period. [default: all]")
    ] = None,
    indicator: opt.Indicators = None,
    district: opt.Districts = None,
    as_of: opt.AsOf = None,
    sources: opt.Sources = False,
    *,
    out: Output,
    workspace: opt.Folder = None,
) -> None:
    """List the targets in force, and what they replaced."""
    if opt.goes_on(context):
        return
    query = opt.question(workspace, half, as_of)

    from dtrack.reporting.targets import document, sheet_of

    dataset = opt.load(workspace)
    sheet, cited = sheet_of(
        dataset,
        query,
        opt.areas(dataset, district),
        opt.indicators(dataset, indicator),
        people=out.form.for_people,
    )
    counted = out.is_on_screen and not sources
    out.put(lambda: sheet, lambda: document(dataset, sheet, cited, counts_sources=counted))


@group.command("set", context_settings=TEXTS)
@guarded
def set_target(
    area: Area,
    indicator: Indicator,
    period: Period,
    target: Annotated[
        str,
        typer.Argument(
            help="The target as worded: 5, “around 5”, 5%以上, undisclosed.",
            show_default=False,
        ),
    ],
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar="ID",
            autocompletion=complete.sources,
            help="The source: an id of data/sources.csv.",
        ),
    ],
    day: Annotated[
        str, typer.Option("--set", metavar="DAY", help="The date it was set: a day, month or year.")
    ],
    stated: Annotated[
        str,
        typer.Option(
            "--stated",
            metavar="met|missed",
            help="The verdict as published by the source.",
            show_default=False,
        ),
    ] = "",
    both: Annotated[
        bool,
        typer.Option("--both", help="Both ends of the range count, as 2..3."),
    ] = False,
    aim: Annotated[
        str,
        typer.Option(
            "--aim",
            metavar="TARGET",
            help="The aim beyond the target, as 6.",
            show_default=False,
        ),
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="WHO",
            help="Who assigned the target: city, reference, an area, a name.",
            show_default=False,
        ),
    ] = "",
    held: Annotated[
        str,
        typer.Option(
            "--class",
            metavar="binding|expected",
            help="Whether the target is binding or expected.",
            show_default=False,
        ),
    ] = "",
    over: Annotated[
        str,
        typer.Option(
            "--over",
            metavar="WORD",
            help="What a target over several years is of: sum, whole, average, each, end. "
            "[default: by kind]",
            show_default=False,
        ),
    ] = "",
    of: Annotated[
        str,
        typer.Option(
            "--of",
            metavar="NAME",
            help="What the target is relative to (it is then >, >=+1, down, “top 3”): an "
            "indicator, city, reference, last-year, rank or an area.",
            show_default=False,
        ),
    ] = "",
    base: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="YEAR",
            help="The base year of a change: +3pp, -18%, x2.",
            show_default=False,
        ),
    ] = "",
    dry_run: DryRun = False,
    workspace: opt.Folder = None,
) -> None:
    """Set a target in targets.toml; earlier ones stay on record.

    The rest of the file is left as it is, to the last byte.
    """
    if stated not in ("", "met", "missed"):
        raise typer.BadParameter(
            _("invalid value “{word}”: use met or missed", word=stated), param_hint="--stated"
        )
    if over not in tuple(Over):
        words = _(", ").join(filter(None, Over))
        raise typer.BadParameter(
            _("invalid value “{word}”: use one of {words}", word=over, words=words),
            param_hint="--over",
        )

    if held not in ("", *TargetClass):
        raise typer.BadParameter(
            _("invalid value “{word}”: use binding or expected", word=held), param_hint="--class"
        )

    def plan(dataset: Workspace) -> ProposedEdit:
        from dtrack.editing.targets import TargetEntry, set_target, typed_relation
        from dtrack.model.entities import Terms

        value = typed_relation(dataset, target, of, base, period) if of or base else target
        entry = TargetEntry(value, day, source, stated, over, Terms(both, aim, by, held))
        return set_target(dataset, area, indicator, period, entry)

    carried_out("targets set", workspace, plan, dry_run=dry_run)


@group.command("import")
@guarded
def import_targets(
    file: Annotated[
        Path,
        typer.Argument(
            help="A table of targets: .xlsx, .xls, .ods, .docx, .csv or .tsv.", show_default=False
        ),
    ],
    year: Annotated[
        str,
        typer.Option(
            "--year",
            "--period",
            metavar="YEAR",
            autocompletion=complete.periods,
            help="The period of the targets.",
        ),
    ],
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar="ID",
            autocompletion=complete.sources,
            help="Their source; one not listed yet is added.",
        ),
    ],
    day: Annotated[
        str,
        typer.Option("--set", metavar="DAY", help="When they were set: a day, month or year."),
    ],
    sheet: SheetName = None,
    map: MapFile = None,
    encoding: Encoding = "",
    delimiter: Delimiter = "",
    title: Title = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every target and every finding.")
    ] = False,
    *,
    out: PreviewOutput,
    workspace: opt.Folder = None,
) -> None:
    """Import every target of a table: preview, validate, confirm.

    Comments in targets.toml are kept.
    """
    dataset = opt.load(workspace, to_write=not dry_run)
    request = requested(
        dataset,
        (file, year, day, source),
        sheet=sheet,
        map_file=map,
        title=title,
        encoding=encoding,
        delimiter=delimiter,
    )

    from dtrack.importing import targets_pipeline
    from dtrack.importing.preview import SET_ALREADY

    found = targets_pipeline.receive_targets(dataset, request)
    whole = everything or not out.form.on_screen
    out.put(
        lambda: targets_pipeline.sheet(found),
        lambda: targets_pipeline.document(found, dataset, everything=whole),
    )
    if out.form.for_people:
        tell_unseen(found.findings, out, "dtrack targets import --all")
    else:
        tell(found.findings, sys.stderr, whole="dtrack targets import --all")
    question = ngettext(
        "Set {count} target?",
        "Set {count} targets?",
        sum(word != SET_ALREADY for word in found.what),
    )
    written(
        dataset,
        found.change,
        found.findings,
        question,
        "targets import",
        len(found.what),
        dry_run=dry_run,
        yes=yes,
    )
