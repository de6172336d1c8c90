"""A sheet as rows of cells, whatever file it is in."""
