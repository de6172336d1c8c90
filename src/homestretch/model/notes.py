"""Notes: what is said of a file and of what was read from it, by a code; and the sentence for each code."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

#: What a code says; behind it, after a colon, may stand how many or where, which takes the place of `{count}`.
SENTENCES: Mapping[str, str] = MappingProxyType({
    "not_sent": "It was announced but never sent.",
    "undone": "The import was undone before it was read.",
    "file_missing":
        "The archive's list names a file for it that is missing or has no points. These are the figures of the list.",
    "files_missing":
        "Files that are missing or have no points: {count}. Their activities have the figures of the list.",
    "not_a_recording": "It is no file that holds activities.",
    "a_table":
        "It is a table. If its rows are activities, connect it as a spreadsheet under Sources, where you see and "
        "choose how it is read.",
    "kind": "It is a file of another kind: kept, but no activity.",
    "deleted_for_good": "It was deleted for good earlier, and stays so.",
    "unreadable": "It could not be unpacked.",
    "unreadable_file": "It could not be read.",
    "nothing_readable": "Nothing in it could be read.",
    "member_lost": "A file inside the archive could not be unpacked.",
    "more_failed": "More files inside the archive could not be unpacked; they are counted here and not listed.",
    "ended_the_process":
        "Unpacking it ended the program twice, so it was given up. It is kept whole; unpack it yourself and "
        "import what is inside.",
    "too_many_files":
        "The archive holds more files than are taken at once. It is kept whole; import its files in portions.",
    "too_large_in_total":
        "The archive holds more than is taken at once. It is kept whole; import its files in portions.",
    "expands_too_much":
        "The archive grows far beyond its own size when it is unpacked, as no archive of activities does.",
    "too_deep": "It lies in too many archives within archives; unpack the outer ones first.",
    "symbolic_link": "It is only a link to another file.",
    "encrypted": "It is locked with a password; unpack it yourself and import what is inside.",
    "unknown_compression":
        "It is packed in a way that can't be read here; unpack it yourself and import what is inside.",
    "damaged": "It is damaged inside the archive.",
    "zip_damaged": "The archive is damaged.",
    "nothing_inside": "The archive is empty.",
    "mended": "The copy that was kept was damaged, and this one took its place.",
    "too_slow": "Reading it took too long. It is kept and will be tried again after an update.",
    "too_large": "Reading it would need too much memory. It is kept and will be tried again after an update.",
    "decoder_crashed": "Reading it crashed. It is kept and will be tried again after an update.",
    "decoder_failed": "Reading it failed. It is kept and will be tried again after an update.",
    "crc_bad": "Its checksum is wrong; what could be read is here.",
    "header_crc": "The checksum of its head is wrong; what could be read is here.",
    "zero_size": "It was never closed, as when a device was switched off; what could be read is here.",
    "truncated": "It breaks off early; everything up to there is here.",
    "trailing_bytes": "There are stray bytes after its end.",
    "xml_damaged": "Its XML is damaged; what could be read is here.",
    "not_utf8": "Its letters are not UTF-8, as they should be; they were read as Western European (Windows-1252).",
    "not_fit": "It is named like a FIT file but is none.",
    "bad_base_type": "Some of its fields are described wrongly and were left out.",
    "relative_time": "It counts time from its own start, not from a date.",
    "too_wide": "Some of its points lie impossibly far apart and were left out.",
    "too_many_sessions": "It claims more activities than a file can hold; the first ones are here.",
    "no_session": "It lacks its summary; the totals come from its points.",
    "no_time": "Some of its points carry no time.",
    "untimed_points": "Points without a time were left out: {count}.",
    "decimal_comma": "Its numbers are written with decimal commas; they were read as such.",
    "track_twice": "It holds the same track twice; it counts once.",
    "session_twice": "It holds the same session twice; it counts once.",
    "recording_twice": "It holds the same recording twice; it counts once.",
    "no_zone": "It does not say its time zone.",
    "clock_set_late": "Its clock was set after the start; the times before were put right (points: {count}).",
    "clock_set_back": "Its clock was set back on the way; the times were put in order (points: {count}).",
    "clock_leapt": "Its clock leapt; times were put between those around them (points: {count}).",
    "clock_dropped": "Points whose time fits no other were left out: {count}.",
    "clock_unknown": "Its date cannot be right. Set the start under Edit.",
    "date_in_future": "Its date lies in the future. Set the start under Edit.",
    "copy_dropped": "Points that are there twice count once: {count}.",
    "places_dropped": "Places out of reach of all others were left out: {count}.",
    "places_jump": "Jumps further than anyone can go do not count: {count}.",
    "distance_of_steps": "Its distance is that of each step; the steps were added up.",
    "distance_in_km": "Its distance is in kilometres; it was read as such.",
    "total_off": "A total of the device cannot be right and does not count.",
    "idle_tail": "It ran on long after the end.",
    "power_dead": "The power meter was there but did not measure.",
    "partial": "A channel has gaps, so its average tells only part.",
    "night_without_times": "A night in it says neither when it began nor when it ended, and was left out.",
    "no_day": "Entries in it name no day and were left out.",
    "strange": "A part of it could not be read.",
    "privacy_protected": "Some of its days are kept private where they come from, and say nothing.",
    "json_damaged": "Its JSON is damaged; nothing in it could be read.",
    "row_unreadable": "Rows that could not be read were left out: {count}.",
    "undefined_local": "Its bytes make no sense from some place on; everything up to there is here.",
    "too_many_definitions":
        "It describes its contents more often than any device does; everything up to there is here.",
    "unknown_kind": "What a source sent is of a kind that is not known here.",
    "stub": "The source gives out no more than that it exists.",
})  # fmt: skip


def sentence(note: str) -> str:
    """Return what a note says in words; one that nobody knows any more says itself."""
    code, _, detail = note.partition(":")
    words = SENTENCES.get(code)
    if words is None:
        return note
    if "{count}" in words:
        return words.format(count=detail.strip())
    return f"{words} ({detail.strip()})" if detail else words


def noted(notes: Iterable[str]) -> list[dict[str, str]]:
    """Return notes as documents: the code, for programs, and the sentence, for people."""
    return [{"code": note, "text": sentence(note)} for note in notes]
