"""What is sent about the coach."""
