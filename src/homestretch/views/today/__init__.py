"""Today at a glance: one document put together from what the other views say."""
