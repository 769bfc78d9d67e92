"""Rules: each is defined once and lowered to terms that every solver shares."""
