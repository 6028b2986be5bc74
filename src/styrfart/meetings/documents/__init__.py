"""Minutes as documents: what they contain, how they are sealed, how they look on paper."""
