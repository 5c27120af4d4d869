"""Plans as learners write them: steps, code, specialists; read, checked, and taken apart."""
