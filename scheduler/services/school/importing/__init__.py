"""Imports into a draft: what files offer, what it would change, and the step itself."""
