"""How simulated interns take a call, decide, err, look at others' work, and ask."""
