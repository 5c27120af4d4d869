"""Real models at the same desks: the line to an endpoint, its forms, its bill, its troubles."""
