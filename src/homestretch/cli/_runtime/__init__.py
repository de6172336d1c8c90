"""What commands share: the opened data folder, output, progress bars."""
