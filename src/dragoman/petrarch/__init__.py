"""Dictionaries of PETRARCH (actors, agents, verbs, discards) read, and written as a codebook and an actors file."""
