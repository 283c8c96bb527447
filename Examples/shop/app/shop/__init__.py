"""A small shop that says which version of it is serving."""

__version__ = "1.0.0"
