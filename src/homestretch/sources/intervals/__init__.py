"""intervals.icu: activities with their original files, and how somebody was each day, by its public interface."""
