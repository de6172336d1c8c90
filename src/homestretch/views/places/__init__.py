"""Heat map, explorer tiles, routes and segments."""
