"""How interns read, decide and err; how their work is judged. Pure and deterministic."""
