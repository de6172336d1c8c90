"""Health as it is shown: days, nights, trends, entries; which source has the word is decided here."""
