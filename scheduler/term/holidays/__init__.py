"""Official holidays and make-up days, and what a term has of them."""
