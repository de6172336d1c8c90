"""A spreadsheet in which an athlete keeps a row for each activity."""
