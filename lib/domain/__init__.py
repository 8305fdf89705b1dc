"""What is a record, a vocabulary, a place? Standard library only."""
