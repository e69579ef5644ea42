"""`filon doctor`: what lets Filon run, what keeps it from running, and what would endanger its log.

Its parts look, change nothing, and say what they found in one shape.
"""
