"""How a list of commands is shown: in groups, each with its whole first sentence."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

# group of --help → command → its module here; both in the order of --help
GROUPS = {
    "Results": {"report": "report", "brief": "brief", "gap": "gap"},
    "Explanation": {
        "why": "analysis",
        "catchup": "analysis",
        "city": "analysis",
        "path": "analysis",
        "revisions": "analysis",
    },
    "Collection": {"status": "status", "import": "import_", "add": "add"},
    "Workspace": {
        "check": "check",
        "targets": "targets",
        "sources": "sources",
        "export": "export",
        "init": "init",
    },
}
COMMANDS = {name: module for group in GROUPS.values() for name, module in group.items()}


class ListedInFull(TyperGroup):
    """Commands whose list cuts no line; Typer ends a long one with three dots."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Typer's parameters
        """Write the list of commands into the help."""
        self._write("Commands", self.commands, formatter)

    def _write(self, heading: str, names: Any, formatter: Any) -> None:
        widest = max(map(len, self.commands))
        told = [
            (name.ljust(widest), (self.commands[name].help or "").partition("\n\n")[0])
            for name in names
            if name in self.commands
        ]
        if told:
            with formatter.section(heading):
                formatter.write_dl(told)


class ListedInGroups(ListedInFull):
    """All commands of dtrack, in the groups of people's questions."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write a list for each group into the help."""
        for heading, names in GROUPS.items():
            self._write(heading, names, formatter)
