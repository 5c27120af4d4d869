"""What came of an attempt, in words, as data and as pictures of letters."""
