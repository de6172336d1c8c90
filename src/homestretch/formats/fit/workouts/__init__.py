"""FIT workouts: files of kind `workout`, read and written."""
