"""Runs the subjects named, or all, and prints one line a figure: `letters.single_vs_naive 1.44 x`."""

import importlib
import os
import pkgutil
import sys

import django

import bench

FRAME = {"__main__", "databases", "rounds", "settings"}


def main(wanted: list[str]) -> None:
    subjects = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in FRAME)
    if unknown := sorted(set(wanted) - set(subjects)):
        sys.exit(f"No such subject: {', '.join(unknown)}. There are: {', '.join(subjects)}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    for subject in wanted or subjects:
        for figure in importlib.import_module(f"bench.{subject}").measure():
            print(f"{subject}.{figure}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
