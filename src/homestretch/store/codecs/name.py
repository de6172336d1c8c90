"""The name of the codec that packs samples, for the codec and for the shape of the tables that hold its blobs."""

CODEC = "HS2"
