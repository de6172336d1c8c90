"""Planned routes in XML: GPX routes and tracks without times, TCX courses."""
