"""Sinks: sends an athlete's days on to other systems, each change once it is there."""
