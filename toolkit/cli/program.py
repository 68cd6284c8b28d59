"""The program ``cloutproof``: its commands, and what happens when one of them fails."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from toolkit import __version__
from toolkit.cli.output import printable
from toolkit.errors import CloutproofError

#: Exit codes of the contract; 0 is done.
FAULT = 1
BAD_INPUT = 2

APOLOGY = (
    "Sorry: something went wrong inside Cloutproof, and it is not your data's fault. "
    "Run the command again with CLOUTPROOF_DEBUG=1 to see the details to report."
)


#: What Ctrl+C is answered with, and the exit code, which shells have for it.
INTERRUPTED = 130
STOPPED = "stopped; what was not finished was not written."


class Program(TyperGroup):
    """The group of commands, turning every failure into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _say_stopped()
            raise typer.Exit(INTERRUPTED) from None

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except CloutproofError as error:
            if debugging():
                raise
            print(f"cloutproof: {printable(str(error))}", file=sys.stderr)
            sys.exit(BAD_INPUT)
        except Exception:
            if debugging():
                raise
            print(f"cloutproof: {APOLOGY}", file=sys.stderr)
            sys.exit(FAULT)


def _say_stopped() -> None:
    # A terminal has written ^C at the beginning of the line.
    begin = "\n" if sys.stderr.isatty() else ""
    print(f"{begin}cloutproof: {STOPPED}", file=sys.stderr)


def debugging() -> bool:
    """Whether faults should show their traceback: ``CLOUTPROOF_DEBUG`` is set and not 0."""
    return os.environ.get("CLOUTPROOF_DEBUG", "0") not in ("", "0")


program = typer.Typer(
    cls=Program,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"cloutproof {__version__}")
        raise typer.Exit


@program.callback()
def cloutproof(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Shows how much a social score would change who is hired, and what to use instead."""


def main() -> None:
    """Entry of the console script and of ``python -m toolkit``."""
    try:
        program(prog_name="cloutproof")
    except KeyboardInterrupt:
        # While the commands are still being set up.
        _say_stopped()
        sys.exit(INTERRUPTED)
