"""One screen a file: read the state, call the library, draw with the parts."""
