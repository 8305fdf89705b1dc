"""What the screens share: state, cache, map, cards, tables, messages."""
