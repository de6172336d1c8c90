"""`homestretch import`: imports files, folders and archives."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, Beside, JsonOption, opened
from homestretch.cli._runtime.say import amount, say_json
from homestretch.model.documents.imports import ImportReport, Made, Reported

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.store.scope import Scope


def _existing(text: str) -> Path:
    """Return a path that is there; an empty one would be the folder that the command is started in."""
    if not text.strip():
        raise typer.BadParameter("give a file or a folder; use . for the current one")
    path = Path(text)
    if not path.exists():
        raise typer.BadParameter(f"{text} does not exist")
    return path


Paths = Annotated[
    list[Path], typer.Argument(help="Files, folders, .gz and .zip archives.", parser=_existing, metavar="PATHS")
]
#: How long the lease of a process that is no more can stand in the way, and a little more.
PATIENCE_S = 90.0
#: Of so many imported files their notes are printed.
MOST_NOTED = 20
type Files = list[tuple[str, Path]]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what is new, duplicate or unreadable.")]


def COMMAND(paths: Paths, dry_run: DryRun = False, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Import files, folders and archives. Run it again after an interruption to continue."""
    from homestretch.flow.runtime.given_paths import listed
    from homestretch.settings import Settings

    files = listed(paths, Settings().data_dir.expanduser().resolve())
    with opened(athlete) as (app, scope, beside):
        if dry_run:
            report = report_of(None, try_import(app, scope, files), {})
        else:
            report = _import(app, scope, files, beside, quiet=json)
    if json:
        say_json(report)
    else:
        _print_report(report, dry_run=dry_run)
    raise typer.Exit(1 if report["failed"] else 0)


def report_of(batch: int | None, items: list[Reported], made: Made) -> ImportReport:
    """Return the items of an import with their counts."""
    counts = Counter(item["status"] for item in items)
    return {
        "batch": None if batch is None else str(batch),
        "files": len(items),
        "imported": counts["imported"],
        "skipped": counts["skipped"],
        "failed": counts["failed"],
        "duplicates": counts["duplicate"],
        "items": items,
        **made,
    }


def _import(app: "App", scope: "Scope", files: Files, beside: Beside, *, quiet: bool) -> ImportReport:
    from homestretch.flow.imports.batches import open_with_paths
    from homestretch.views.system import imports as batches
    from homestretch.views.system.imports import all_items

    batch = open_with_paths(app.context, scope, "cli", files)
    finish_import(app, scope, batch, beside, quiet=quiet)
    with app.database.read() as reader:
        whole = batches.batch(reader, scope, batch, app.context.clock())
        made: Made = {
            "recordings": whole["recordings"],
            "activities": whole["activities"],
            "merged": whole["merged"],
            "days": whole["days"],
        }
        return report_of(batch, all_items(reader, scope, batch), made)


def finish_import(app: "App", scope: "Scope", batch: int, beside: Beside, *, quiet: bool) -> None:
    """Import the files of an import, or follow the server that does, and derive what follows from them."""
    from homestretch.cli._runtime.follow import follow
    from homestretch.flow.coach import planned_routes, workouts
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.derive.derive_pending import derive_pending
    from homestretch.flow.imports.ingest import ingest
    from homestretch.flow.photos import archive_photos

    with follow(app, scope, batch, quiet=quiet) as progress:
        if not progress.wait(beside):
            with Decoders(app.settings) as decoders:
                ingest(app.context, scope.athlete_id, decoders, wait_s=PATIENCE_S)
                archive_photos.tie(app.context, scope.athlete_id, decoders)
                workouts.add_imported(app.context, scope.athlete_id)
                planned_routes.add_imported(app.context, scope.athlete_id)
                derive_pending(app.context, scope.athlete_id, decoders)


def try_import(app: "App", scope: "Scope", files: Files) -> list[Reported]:
    """Return what importing files would make of each."""
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.imports.dry_run import dry_run

    with Decoders(app.settings) as decoders:
        return dry_run(app.context, scope.athlete_id, files, decoders)


def _print_report(report: ImportReport, *, dry_run: bool) -> None:
    items = report["items"]
    left_out = [item for item in items if item["status"] in ("failed", "skipped")]
    noted = [item for item in items if item["status"] == "imported" and item["notes"]]
    for item in left_out + noted[:MOST_NOTED]:
        said = " ".join(note["text"] for note in item["notes"])
        print(f"{item['status']:>9}  {item['path']}  {said}", file=sys.stderr)
    if len(noted) > MOST_NOTED:
        print(f"{len(noted) - MOST_NOTED} more imported files have notes. See them with --json.", file=sys.stderr)
    new = "would be new" if dry_run else "imported"
    counts = f"{report['imported']} {new}, {report['duplicates']} duplicates, {report['skipped']} skipped"
    print(f"{amount(report['files'], 'file')}: {counts}, {report['failed']} failed.")
    if not dry_run:
        made = f"{amount(report['activities'], 'activity')} from {amount(report['recordings'], 'recording')}"
        if report["recordings"] or not report["days"]:
            print(f"{made} ({report['merged']} merged).")
        if report["days"]:
            print(f"{amount(report['days'], 'day')} of health.")
        print(f"Undo with: homestretch undo {report['batch']}")
