"""The tables in their three classes: kept (the truth), ops (with retention), derived (made again at will)."""
