"""What of a plan leaves the house: sessions at providers, and the calendar."""
