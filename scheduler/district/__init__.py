"""Many schools: sharing venues and teachers, prices, one judgement of all."""
