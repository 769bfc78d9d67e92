"""All rules, and how an audit runs them."""
