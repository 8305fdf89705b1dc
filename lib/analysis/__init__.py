"""What do the records say about the region? Frames in; result and explanation out."""
