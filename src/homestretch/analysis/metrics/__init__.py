"""The families of metrics, one file each: found by file name."""
