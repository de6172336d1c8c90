"""Heat map, routes and segment efforts, kept up to date."""
