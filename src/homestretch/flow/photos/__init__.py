"""Photos of activities: added, changed and removed, and the smaller pictures that are made of them."""
