"""Background maps: addresses that are a click away, and files of map tiles in the data folder."""
