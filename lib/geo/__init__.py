"""Where is it, and how far? Boundaries, localities and distances; computed in metres (EPSG:2180)."""
