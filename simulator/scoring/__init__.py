"""How a team's work is judged, and what many trials of it amount to."""
