"""Strava: lists, compares and corrects by its interface; what lasts comes from the athlete's own archive."""
