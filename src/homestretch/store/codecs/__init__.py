"""What packs samples, cells and details into bytes."""
