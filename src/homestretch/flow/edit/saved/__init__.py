"""What people save under a name: filters of lists, and charts."""
