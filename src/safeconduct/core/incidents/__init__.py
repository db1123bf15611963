"""Documented incidents: read from the datasets that count them, kept as columns, and asked which may touch a stay.

`readers` give incidents from files, `store` keeps them in one buffer, `overlap` finds those that may coincide with stays. The
answer is a question for an evaluator: it never says that somebody took part in anything.
"""
