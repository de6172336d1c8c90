"""From recordings to activities: matched, blended, named, measured, and made again when something changes."""
