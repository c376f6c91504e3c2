"""The parts of make.py: the catalogue, the people, the talk, the English market."""
