"""``flexports erlang``: the closed forms alone."""

import typer

from flexports.cli.erlang import loss, several, wait

app = typer.Typer(
    help="The closed forms alone: numbers in, numbers out.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("b")(loss.b)
app.command("extended-b")(loss.extended_b)
app.command("engset")(loss.of_engset)
app.command("overflow")(loss.overflow)
app.command("c")(wait.c)
app.command("a")(wait.a)
app.command("priorities")(wait.priorities)
app.command("kaufman-roberts")(several.of_kaufman_roberts)
app.command("reservation")(several.of_reservation)

__all__ = ["app"]
