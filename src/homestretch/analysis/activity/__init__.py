"""The figures of one activity: summary, laps, splits, climbs, intervals, zones."""
