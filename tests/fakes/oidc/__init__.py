"""A fake provider of OpenID Connect."""
