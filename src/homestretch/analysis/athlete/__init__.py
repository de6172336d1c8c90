"""The figures of an athlete's history: thresholds, fitness, critical power, race times."""
