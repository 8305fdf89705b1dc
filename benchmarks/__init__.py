"""How fast is the app, against what, and how far from its budgets? Ratios measured in one run (see README.md here)."""
