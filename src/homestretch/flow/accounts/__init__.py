"""Who may sign in and as whom, server options, and demo athletes."""
