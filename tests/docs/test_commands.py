"""Every command and each of its options is documented, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from toolkit.cli.program import program

PAGES = Path(__file__).parents[2] / "docs" / "commands"


def commands() -> dict[str, list[str]]:
    """Name of each command to its options and arguments, as a user types them.

    A command that only holds others has theirs.
    """
    group = typer.main.get_command(program)
    return {
        name: [
            max(p.opts, key=len) if p.param_type_name == "option" else p.metavar
            for one in [command, *getattr(command, "commands", {}).values()]
            for p in one.params
        ]
        for name, command in group.commands.items()
    }


def page(command: str) -> str:
    return (PAGES / f"{command}.md").read_text(encoding="utf-8")


def test_the_commands_of_the_contract_are_there() -> None:
    contract = {"app", "sample", "check", "decide", "influence", "inflation", "impact", "sheets"}
    assert contract <= set(commands())


@pytest.mark.parametrize("command", commands())
def test_a_command_has_a_page_that_names_each_option(command: str) -> None:
    text = page(command)
    assert text.startswith(f"# `cloutproof {command}")
    assert [option for option in commands()[command] if f"`{option}" not in text] == []


@pytest.mark.parametrize("command", commands())
def test_a_page_names_no_option_that_is_not_there(command: str) -> None:
    options = {o for o in commands()[command] if o.startswith("--")} | {"--help"}
    rows = [line for line in page(command).splitlines() if line.startswith("| `--")]
    assert {row.split("`")[1].split()[0] for row in rows} <= options


def test_no_page_describes_a_command_that_is_not_there() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} - {"index"} == set(commands())


def test_the_list_of_commands_is_complete() -> None:
    listed = page("index")
    assert [name for name in commands() if f"[`{name}`]({name}.md)" not in listed] == []
