"""Who may sign in and which athletes they see, server options, and demo athletes."""
