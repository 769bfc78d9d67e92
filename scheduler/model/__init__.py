"""The words of a timetabling problem: frozen, standard library only."""
