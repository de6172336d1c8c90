"""The planner: weeks of sessions from an athlete's fitness, time, events and rules, without a language model."""
