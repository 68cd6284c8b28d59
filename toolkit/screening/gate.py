"""A gate: a condition on one signal that a candidate must meet."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

Name = Annotated[str, Field(min_length=1)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class Gate(BaseModel):
    """A condition on one signal that a candidate must meet.

    Parameters
    ----------
    signal : str
    at_least, at_most : float, optional
        Inclusive bounds, in the signal's own units.
    one_of : tuple of float, optional
        The admissible values.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    signal: Name
    at_least: Finite | None = None
    at_most: Finite | None = None
    one_of: tuple[Finite, ...] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Gate:
        if self.at_least is None and self.at_most is None and self.one_of is None:
            raise ValueError(f"the gate on '{self.signal}' needs at_least, at_most or one_of")
        if self.one_of is not None and not self.one_of:
            raise ValueError(f"the gate on '{self.signal}' has an empty one_of: nobody could pass")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(
                f"the gate on '{self.signal}' asks for at least {self.at_least:g} and at most "
                f"{self.at_most:g}: nobody could pass"
            )
        return self

    def __str__(self) -> str:
        parts = []
        if self.at_least is not None:
            parts.append(f"at least {self.at_least:g}")
        if self.at_most is not None:
            parts.append(f"at most {self.at_most:g}")
        if self.one_of is not None:
            parts.append("one of " + ", ".join(f"{value:g}" for value in self.one_of))
        return f"{self.signal} " + " and ".join(parts)
