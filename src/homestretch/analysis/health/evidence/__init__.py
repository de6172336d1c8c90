"""How questions about health are asked and answered."""
