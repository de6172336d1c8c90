"""The durable engine behind one small adapter."""
