"""A spreadsheet, described: where it is, and how its columns are read."""

from homestretch.model.terms import Terms
from homestretch.net.budget import Limits
from homestretch.net.field import Field
from homestretch.sources.base import AuthMethod, Kind, Source

SOURCE = Source(
    key="spreadsheet",
    name="Spreadsheet",
    auth="folder",
    module="spreadsheet.client",
    ways=(
        AuthMethod(
            "path",
            "A file on the server",
            "An .xlsx or a .csv with a row for each activity. It is read, and written to only where you approve a "
            "change; a copy of it is kept beside it then.",
            (
                Field(
                    "path", "File", kind="path", required=True, variable="SPREADSHEET_PATH",
                    help="Its whole path on the server, such as /srv/training.xlsx.",
                ),
            ),
        ),
        AuthMethod(
            "link",
            "A Google sheet, by its link",
            "Share it in Google Sheets with: anyone with the link can view. Then copy the address of the sheet.",
            (Field("link", "Link", required=True, help="https://docs.google.com/spreadsheets/d/…"),),
        ),
    ),
    kinds=(Kind("activity", "Rows", "activity"),),
    limits=Limits(windows=((60, 30),), pause_s=0.0, step_pause_s=0.0, least_here_ms=60_000),
    terms=Terms(),
    settings=(
        Field("sheet", "Sheet", help="Its name in the workbook; by default the first that is not empty."),
        Field("header", "Row of the headings", kind="number", least=0, most=1000, help="0 where there is none."),
        Field(
            "columns", "Columns", kind="long",
            help="Which column holds which field, as JSON; what is not named is found by its heading.",
        ),
        Field(
            "order", "Dates are written", kind="choice", default="auto",
            choices=(("auto", "as the column tells"), ("dmy", "day, month, year"), ("mdy", "month, day, year"),
                     ("ymd", "year, month, day")),
        ),
        Field(
            "decimal", "Decimal sign", kind="choice", default="auto",
            choices=(("auto", "as the columns tell"), ("comma", "comma"), ("point", "point")),
        ),
        Field(
            "distance", "Distances are in", kind="choice", default="auto",
            choices=(("auto", "as headings and cells tell"), ("km", "kilometres"), ("miles", "miles"),
                     ("m", "metres")),
        ),
        Field(
            "duration", "Durations without a colon are", kind="choice", default="auto",
            choices=(("auto", "as heading and distances tell"), ("seconds", "seconds"), ("minutes", "minutes"),
                     ("hours", "hours"), ("days", "parts of a day")),
        ),
        Field(
            "elevation", "Heights are in", kind="choice", default="auto",
            choices=(("auto", "what the heading says, else metres"), ("m", "metres"), ("ft", "feet")),
        ),
        Field(
            "temperature", "Temperatures are in", kind="choice", default="auto",
            choices=(("auto", "as heading and numbers tell"), ("c", "°C"), ("f", "°F")),
        ),
        Field("zone", "Time zone", help="Such as Europe/Prague; by default your own."),
    ),
    schedule="0 * * * *",
    schedule_here="every 5m",
    records=True,
    writes=("name", "description", "gear", "sport", "link", "upload"),
    takes_files=False,
    note="Rows count as activities without a track: they name and complete what other sources recorded.",
)  # fmt: skip
