"""What the demo athlete trains for: rules, and a plan in versions."""
