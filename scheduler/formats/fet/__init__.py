"""Files of FET, the free timetabling program: read, map, write back."""
