"""`homestretch coach`: rules, plans, workouts, reviews. Every file of this folder is a group of commands."""

import typer

from homestretch import registry

COMMAND = typer.Typer(help="Plan training by rules, and look back on it.", no_args_is_help=True)

for _name in registry.leaf_names("homestretch.cli.coach"):
    _command = registry.load("homestretch.cli.coach", _name).COMMAND
    if isinstance(_command, typer.Typer):
        COMMAND.add_typer(_command, name=_name)
    else:
        COMMAND.command(_name)(_command)
