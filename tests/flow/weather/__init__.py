"""Weather of activities, asked of a fake Open-Meteo."""
