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
    ways=(
        AuthMethod(
            "path",
            "A folder on the server",
            "Activity files (.fit, .gpx, .tcx, also as .gz or in a .zip) are copied from it and from the folders in "
            "it. Nothing in it is ever moved, changed or deleted.",
            (
                Field(
                    "path", "Folder", kind="path", required=True, variable="FOLDER_PATH",
                    help="Its whole path on the server, such as /srv/activities; of a watch the place that it is "
                    "mounted at.",
                ),
            ),
        ),
    ),
    kinds=(
        Kind("activity", "Activity files", "activity"),
        Kind("wellness", "The watch's own files of each day", "file", "wellness"),
    ),
    limits=Limits(pause_s=0.0, step_pause_s=0.0, least_ms=60_000),
    terms=Terms(may_compare=False),  # it says nothing of activities, and has those that were put into it
    settings=(Field("wellness", "The watch's own files of each day", kind="switch", default=True),),
    schedule="every 5m",
    replaces=True,
    note="It is watched for new files; a device that is not mounted just now is waited for.",
)  # fmt: skip
