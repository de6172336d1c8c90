"""Weather: asked of a provider for activities outdoors, for athletes who want to see it."""
