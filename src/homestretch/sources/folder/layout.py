"""Which files of a folder are of use: by their names, and by the places that Garmin's devices put them in."""

from collections.abc import Sequence

#: What is taken, plain or as `.gz`; a `.zip` is looked into.
FORMS = ("fit", "gpx", "tcx")
#: What a device is still writing, or a program copying.
_UNFINISHED = ("inprogressactivity.fit",)
#: The folders below GARMIN/ of which files are the watch's own of each day.
_WELLNESS = frozenset({"monitor", "sleep", "metrics", "hrvstatus", "hsa", "skintemp", "ecg"})
#: Those that hold plans, settings and totals, which are no activities.
_OTHER = frozenset({
    "settings", "records", "totals", "sports", "workouts", "newfiles", "courses", "schedule", "location", "locations",
    "goals", "device", "segments", "weight", "multisprt", "text", "remotesw", "ghosts",
})  # fmt: skip


def form_of(name: str) -> str | None:
    """Return what a file is by its name: `fit`, `gpx`, `tcx`, the same with `.gz`, `zip`, or None for anything else."""
    low = name.lower()
    if low.startswith(".") or low in _UNFINISHED:
        return None
    stem = low.removesuffix(".gz")
    form = stem.rpartition(".")[2] if "." in stem else ""
    if form in FORMS:
        return form + (".gz" if stem != low else "")
    return "zip" if low.endswith(".zip") else None


def kind_of(folders: Sequence[str]) -> str | None:
    """Return what a file in these folders (from the root on) is: `activity`, `wellness`, or None to leave it alone.

    Below a folder called GARMIN those count that Garmin's devices have; any other place holds activities.
    """
    low = [folder.lower() for folder in folders]
    below = [low[at + 1] for at in range(len(low) - 1) if low[at] == "garmin"]
    of = below[-1] if below else ""
    return "wellness" if of in _WELLNESS else None if of in _OTHER else "activity"
