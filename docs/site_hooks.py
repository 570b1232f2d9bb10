"""What the site needs beside mkdocs.yml: links that lead out of docs/ become names of files.

On the pages as they lie in the repository such a link leads to the file; the site has no such file.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<to>(?!https?:|#)[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")


def inside(text: str, page: Path) -> str:
    """The page with its links out of docs/ as words and the file's path in the repository."""

    def moved(link: re.Match[str]) -> str:
        to = Path(os.path.normpath(page.parent / link["to"]))
        if to.is_relative_to(ROOT / "docs"):
            return link[0]
        path = to.relative_to(ROOT).as_posix()
        return f"{link['words']} (`{path}`)" if path not in link["words"] else f"`{path}`"

    return _LINK.sub(moved, text)


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Called by mkdocs for each page before it is rendered."""
    return inside(markdown, ROOT / "docs" / page.file.src_uri)
