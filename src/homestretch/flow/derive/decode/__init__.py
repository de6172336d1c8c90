"""From bytes to rows, in processes of their own."""
