"""Several screens over one batch: a frozen screen, and the same without some of its signals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from toolkit.arrays import Bools, Ints
from toolkit.intake.fixed_column import FixedColumn
from toolkit.screening import kernels
from toolkit.screening.at_scale.columns import SignalColumns
from toolkit.screening.frozen import FrozenScreen


@dataclass(frozen=True, eq=False)
class Standing:
    """How the candidates of one batch stand under one screen.

    Parameters
    ----------
    keys : tuple of int64 arrays, shape (n,)
        Composite, then tie-breakers in turn; higher goes first.
    eligible : bool array, shape (n,)
    """

    keys: tuple[Ints, ...]
    eligible: Bools


@dataclass(frozen=True)
class Contest:
    """A frozen screen and some of its signals taken out, variant by variant.

    Parameters
    ----------
    columns : SignalColumns
    frozen : FrozenScreen
    removed : tuple of tuple of str
        Signals that each variant does without; ``((),)`` is the screen as it is.
    """

    columns: SignalColumns
    frozen: FrozenScreen
    removed: tuple[tuple[str, ...], ...] = ((),)

    @cached_property
    def variants(self) -> tuple[FrozenScreen, ...]:
        return tuple(
            self.frozen.without(*names) if names else self.frozen for names in self.removed
        )

    def standings(self, batch: pa.RecordBatch) -> Iterator[Standing]:
        """Each variant in turn, what they share computed once."""
        fixed = self.columns.fixed(batch)
        yield from self.standings_of(fixed, batch.num_rows)

    def standings_of(self, fixed: dict[str, FixedColumn], size: int) -> Iterator[Standing]:
        """The same of columns that are integers already."""
        frozen = self.frozen
        if self.removed == ((),):
            breakers = [kernels.filled(frozen, s, fixed) for s in frozen.screen.tie_breakers]
            eligible = kernels.complete(frozen, fixed, size)
            for gate in frozen.gates:
                eligible &= kernels.passes(frozen, gate, fixed)
            yield Standing((kernels.composites(frozen, fixed, size), *breakers), eligible)
            return
        terms = {
            signal: kernels.term(weight, kernels.filled(frozen, signal, fixed))
            for signal, weight in frozen.weights.items()
            if weight.coefficient
        }
        whole = np.full(size, frozen.offset, dtype=np.int64)
        for term in terms.values():
            whole += term
        passed = [kernels.passes(frozen, gate, fixed) for gate in frozen.gates]
        ties = {s: kernels.filled(frozen, s, fixed) for s in frozen.screen.tie_breakers}
        composite, gone = whole, frozenset[str]()
        for names, variant in zip(self.removed, self.variants, strict=True):
            going = frozenset(name for name in names if name in terms)
            if len(going ^ gone) > len(going):
                composite, gone = whole, frozenset()
            # From the variant before, where fewer terms tell it apart.
            for name in going ^ gone:
                change = np.subtract if name in going else np.add
                composite = change(composite, terms[name])
            gone = going
            eligible = kernels.complete(variant, fixed, size)
            for gate, met in zip(frozen.gates, passed, strict=True):
                if gate.signal not in names:
                    eligible &= met
            keys = (composite, *(key for name, key in ties.items() if name not in names))
            yield Standing(keys, eligible)
