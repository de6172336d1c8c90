"""What an athlete's history comes to: thresholds, fitness, critical power, race times."""
