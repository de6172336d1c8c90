"""What people change: activities, merges, gear, segments, thresholds and private places."""
