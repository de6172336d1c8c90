"""Activities shared by a link: what its readers are shown, and the athlete's links."""
