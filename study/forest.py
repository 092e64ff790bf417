"""The forest plot: every deciding figure with its interval and what its rule compares it with. Standard library only."""


def name(suffix):
    """The picture's file in figures/."""
    return f"forest{suffix}.svg"
