"""Notes about a file and its content, by a code; and the sentence for each code."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from homestretch.model.documents.notes import Note

#: What a code says; behind it, after a colon, may stand how many or where, which takes the place of `{count}`.
SENTENCES: Mapping[str, str] = MappingProxyType({
    "not_sent": "Never uploaded.",
    "undone": "The import was undone before this file was read.",
    "file_missing":
        "Its file is missing from the archive or has no points. These are the totals from the archive's activity "
        "list.",
    "files_missing":
        "Files missing or without points: {count}. Their activities have the totals from the archive's activity "
        "list.",
    "not_a_recording": "Not an activity file.",
    "a_table":
        "This is a table. If its rows are activities, connect it as a spreadsheet under Sources.",
    "planned_route": "A planned route, not an activity. It is under Coach, Planned routes.",
    "route_or_activity": "A track without times. Say under Coach, Planned routes whether it is a route or an activity.",
    "workout": "A planned workout, not an activity. It is in your library under Coach, Workouts.",
    "no_steps": "No steps of a workout could be read.",
    "too_many_steps": "More steps than a workout can have.",
    "steps_unreadable": "Steps that could not be read, left out: {count}.",
    "several_users": "It holds the data of several people. Export it with the label of one of them.",
    "series_left_out": "Series that nothing is known of or that are no measurements, left out: {count}.",
    "a_photo": "A photo. Add it on the page of its activity.",
    "kind": "Another kind of file. It is stored, but it is not an activity.",
    "deleted_for_good": "Permanently deleted earlier, so it was not imported again.",
    "unreadable": "The file could not be unpacked.",
    "unreadable_file": "The file could not be read.",
    "nothing_readable": "Nothing in the file could be read.",
    "member_lost": "A file inside the archive could not be unpacked.",
    "more_failed": "More files inside the archive could not be unpacked. They are counted here, not listed.",
    "ended_the_process":
        "Unpacking it crashed twice. The archive is stored as it is. Unpack it yourself and import the files inside.",
    "too_many_files":
        "The archive has too many files for one import. It is stored as it is. Import its files in smaller batches.",
    "too_large_in_total":
        "The archive is too large for one import. It is stored as it is. Import its files in smaller batches.",
    "expands_too_much":
        "The archive expands far beyond its own size when unpacked, so it was rejected.",
    "too_deep": "Too many archives inside archives. Unpack the outer ones first.",
    "leads_out": "A link to a place outside the folder was left out.",
    "too_large_to_read": "A file was too large to read and was left out.",
    "not_readable": "A folder inside could not be read.",
    "symbolic_link": "Only a link to another file.",
    "encrypted": "Protected with a password. Unpack it yourself and import the files inside.",
    "unknown_compression":
        "The compression is not supported. Unpack it yourself and import the files inside.",
    "damaged": "Damaged inside the archive.",
    "zip_damaged": "The archive is damaged.",
    "nothing_inside": "The archive is empty.",
    "mended": "The stored copy was damaged. This one replaced it.",
    "too_slow": "Reading the file took too long. It is stored and will be tried again after an update.",
    "too_large": "Reading the file needs too much memory. It is stored and will be tried again after an update.",
    "decoder_crashed": "Reading the file crashed. It is stored and will be tried again after an update.",
    "decoder_failed": "Reading the file failed. It is stored and will be tried again after an update.",
    "crc_bad": "Wrong checksum. Everything readable was imported.",
    "header_crc": "Wrong header checksum. Everything readable was imported.",
    "zero_size": (
        "The recording was not closed properly, for example because the device lost power. Everything readable was "
        "imported."
    ),
    "truncated": "File is cut off; everything before that was imported.",
    "trailing_bytes": "Extra bytes after the end of the file.",
    "xml_damaged": "The XML is damaged. Everything readable was imported.",
    "not_utf8": "The text is not UTF-8. It was read as Western European (Windows-1252).",
    "not_fit": "Not a FIT file, despite its name.",
    "bad_base_type": "Some fields have an invalid definition and were left out.",
    "relative_time": "Times are relative to the start, without a date.",
    "too_wide": "Some points are impossibly far apart and were left out.",
    "too_many_sessions": "The file lists too many activities. The first ones were imported.",
    "no_session": "No summary in the file. Totals are calculated from its points.",
    "no_time": "Some points have no time.",
    "untimed_points": "Points without a time, left out: {count}.",
    "times_interpolated": "Points without a time between others. Their times were interpolated (points: {count}).",
    "decimal_comma": "Numbers use decimal commas.",
    "track_twice": "The file has the same track twice. It counts once.",
    "session_twice": "The file has the same session twice. It counts once.",
    "recording_twice": "The file has the same recording twice. It counts once.",
    "no_zone": "No time zone in the file.",
    "awake_only": "The device noted only when you were awake, so there is no night in this file.",
    "no_offset": "The file does not state the local time. Its days are those of your home time zone.",
    "other_users": "Measurements of other users of the device, left out: {count}.",
    "clock_set_late": "The device clock was set after the start. Earlier times were corrected (points: {count}).",
    "clock_set_back": "The device clock was set back during the activity. Times were corrected (points: {count}).",
    "clock_leapt": "The device clock jumped. Times were interpolated (points: {count}).",
    "clock_dropped": "Points with an impossible time, left out: {count}.",
    "clock_unknown": "The date can't be right. Set the start under Edit.",
    "date_in_future": "The date is in the future. Set the start under Edit.",
    "copy_dropped": "Duplicate points, counted once: {count}.",
    "places_dropped": "GPS points far from all others, left out: {count}.",
    "places_jump": "GPS jumps, not counted: {count}.",
    "distance_of_steps": "Distances are per point. They were added up.",
    "distance_in_km": "Distances are in kilometres.",
    "total_off": "A total from the device can't be right and is ignored.",
    "idle_tail": "The recording ran on long after the activity ended.",
    "power_dead": "The power meter was connected but measured nothing.",
    "partial": "A channel has gaps. Its average covers only part of the activity.",
    "night_without_times": "A night without start and end was left out.",
    "no_day": "Entries without a date were left out.",
    "unexpected": "Part of the file could not be read.",
    "day_order_unknown": "The dates can be read two ways (day or month first). Write them as 2026-05-31.",
    "unit_unknown": "A column without a unit was left out. Write the unit behind its name, as in “Weight (kg)”.",
    "privacy_protected": "Some days are private at the source and have no data.",
    "json_damaged": "The JSON is damaged. Nothing could be read.",
    "row_unreadable": "Unreadable rows, left out: {count}.",
    "undefined_local": "The file is damaged; everything before that was imported.",
    "too_many_definitions":
        "The file has too many definitions; everything before that was imported.",
    "unknown_kind": "The source sent an unknown kind of data.",
    "stub": "The source only says that this activity exists.",
})  # fmt: skip


def sentence(note: str) -> str:
    """Return a note in words; a code that is no longer known stays as it is."""
    code, _, detail = note.partition(":")
    words = SENTENCES.get(code)
    if words is None:
        return note
    if "{count}" in words:
        return words.format(count=detail.strip())
    return f"{words} ({detail.strip()})" if detail else words


def noted(notes: Iterable[str]) -> list[Note]:
    """Return notes as documents: the code, for programs, and the sentence, for people."""
    return [{"code": note, "text": sentence(note)} for note in notes]
