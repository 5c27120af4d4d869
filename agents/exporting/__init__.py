"""A plan as what a learner takes away: prompts to read, and a program for their own model."""
