"""The commands behind the Makefile; run from the project's root as `python -m scripts.NAME`."""
