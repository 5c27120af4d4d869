"""Whether the simulation ranks plans as a real model does: small jobs, done by both and marked."""
