"""What one activity comes to: summary, laps, splits, climbs, intervals, zones."""
