"""Which recordings are one workout, and one truth from many: pure."""
