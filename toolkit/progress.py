"""How a long computation tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

#: Called with the share of the work that is done, from 0 to 1.
Progress = Callable[[float], None]
