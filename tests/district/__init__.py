"""Districts: parts, sharing, prices, one judgement."""
