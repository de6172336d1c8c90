"""The web door: parse, call, translate errors; one file per noun."""
