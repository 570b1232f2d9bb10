"""Print the lower bound of every dependency that pyproject.toml declares, as constraints of pip.

One `name==version` a line.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

EXTRAS = ("dev",)
_BOUND = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?>=(?P<version>[0-9.]+)(?:,.*)?")


def bounds(pyproject: str) -> list[str]:
    """`name==version` of the project's dependencies and of its extras EXTRAS.

    Raises ValueError where one has no lower bound.
    """
    project = tomllib.loads(pyproject)["project"]
    declared = project["dependencies"] + [
        each for extra in EXTRAS for each in project["optional-dependencies"][extra]
    ]
    found = {each: _BOUND.fullmatch(each.replace(" ", "")) for each in declared}
    if without := [each for each, bound in found.items() if bound is None]:
        raise ValueError(f"no lower bound: {', '.join(without)}")
    return [f"{bound['name']}=={bound['version']}" for bound in found.values() if bound is not None]


if __name__ == "__main__":
    print(
        "\n".join(
            bounds(
                (Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8")
            )
        )
    )
