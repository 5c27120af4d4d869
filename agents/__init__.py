"""The team that does the work: a plan as a graph, and the colleagues who sit in it."""
