"""A watched folder, described: where it is, what is taken from it, how often it is looked at."""

from homestretch.model.terms import Terms
from homestretch.net.budget import Limits
from homestretch.net.field import Field
from homestretch.sources.base import AuthMethod, Kind, Source

SOURCE = Source(
    key="folder",
    name="Folder",
    auth="folder",
    module="folder.client",
    auth_methods=(
        AuthMethod(
            "path",
            "Folder on the server",
            "Copies activity files (.fit, .gpx, .tcx, also .gz and .zip) from this folder and its subfolders. Your "
            "files are never moved, changed or deleted.",
            (
                Field(
                    "path",
                    "Folder",
                    kind="path",
                    required=True,
                    variable="FOLDER_PATH",
                    help="The full path on the server, such as /srv/activities. For a watch, the path where it is "
                    "mounted.",
                ),
            ),
        ),
    ),
    kinds=(
        Kind("activity", "Activity files", "activity"),
        Kind("wellness", "Wellness files from the watch", "file", "wellness"),
    ),
    limits=Limits(pause_s=0.0, step_pause_s=0.0, least_ms=60_000),
    terms=Terms(may_compare=False),  # it says nothing of activities, and has those that were put into it
    settings=(Field("wellness", "Wellness files from the watch", kind="switch", default=True),),
    schedule="every 5m",
    replaces=True,
    note="Watches a folder or a connected device for new files.",
)
