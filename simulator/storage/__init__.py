"""What is kept in the user's data directory, and where that is."""
