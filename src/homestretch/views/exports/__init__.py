"""Activities as files: a table, and an archive of originals or tracks."""
