"""Questions whose answer is *look again*: what may be wrong with figures that can be read. Nothing here accuses.

In comes what a workspace holds, out go findings: `ask` of its frames, `received_changed` of its files.
"""

from dtrack.plausible.ask import ask
from dtrack.plausible.received import received_changed

__all__ = ["ask", "received_changed"]
