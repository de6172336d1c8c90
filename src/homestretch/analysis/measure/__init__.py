"""How metrics, loads, bests and curves are described and computed."""
