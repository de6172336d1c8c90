"""The FIT protocol on the wire: types, messages, fields."""
