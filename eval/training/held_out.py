"""What no model is trained on, apart from the sets' own valid splits."""

HELD_OUT = frozenset({"Oxygen", "Huguenot", "Normans", "Warsaw", "IPod"})
"""SQuAD 2.0 articles, in either language."""
