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
    auth_methods=(
        AuthMethod(
            "path",
            "File on the server",
            "An .xlsx or .csv file with one row per activity. Homestretch writes to it only for changes you approve,"
            " and keeps a backup copy next to it.",
            (
                Field(
                    "path",
                    "File",
                    kind="path",
                    required=True,
                    variable="SPREADSHEET_PATH",
                    help="The full path on the server, such as /srv/training.xlsx.",
                ),
            ),
        ),
        AuthMethod(
            "link",
            "Google sheet, by link",
            "In Google Sheets share it with “Anyone with the link”. Then copy its address.",
            (Field("link", "Link", required=True, help="https://docs.google.com/spreadsheets/d/…"),),
        ),
    ),
    kinds=(Kind("activity", "Rows", "activity"),),
    limits=Limits(windows=((60, 30),), pause_s=0.0, step_pause_s=0.0, least_here_ms=60_000),
    terms=Terms(),
    settings=(
        Field("sheet", "Sheet", help="Name of the sheet. Leave empty to use the first sheet with data."),
        Field("header", "Heading row", kind="number", least=0, most=1000, help="0 if there is none."),
        Field(
            "columns",
            "Columns",
            kind="long",
            help="The column of each field, as JSON. Other fields are found by their heading.",
        ),
        Field(
            "order",
            "Date format",
            kind="choice",
            default="auto",
            choices=(
                ("auto", "detect from the column"),
                ("dmy", "day, month, year"),
                ("mdy", "month, day, year"),
                ("ymd", "year, month, day"),
            ),
        ),
        Field(
            "decimal",
            "Decimal separator",
            kind="choice",
            default="auto",
            choices=(("auto", "detect from the columns"), ("comma", "comma"), ("point", "point")),
        ),
        Field(
            "distance",
            "Distance unit",
            kind="choice",
            default="auto",
            choices=(
                ("auto", "detect from headings and cells"),
                ("km", "kilometres"),
                ("miles", "miles"),
                ("m", "metres"),
            ),
        ),
        Field(
            "duration",
            "Unit of durations without a colon",
            kind="choice",
            default="auto",
            choices=(
                ("auto", "detect from heading and distances"),
                ("seconds", "seconds"),
                ("minutes", "minutes"),
                ("hours", "hours"),
                ("days", "fractions of a day"),
            ),
        ),
        Field(
            "elevation",
            "Elevation unit",
            kind="choice",
            default="auto",
            choices=(("auto", "detect from the heading, else metres"), ("m", "metres"), ("ft", "feet")),
        ),
        Field(
            "temperature",
            "Temperature unit",
            kind="choice",
            default="auto",
            choices=(("auto", "detect from heading and values"), ("c", "°C"), ("f", "°F")),
        ),
        Field("zone", "Time zone", help="Such as Europe/Prague. Leave empty to use yours."),
    ),
    schedule="0 * * * *",
    schedule_here="every 5m",
    records=True,
    writes=("name", "description", "gear", "sport", "link", "upload"),
    takes_files=False,
    note=(
        "Rows become activities without a track. They add names and missing values to activities from other sources."
    ),
)
