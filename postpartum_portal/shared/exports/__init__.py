"""Tables that leave the portal as files: asked for with a purpose, written by a worker, deleted after a day."""

from .asking import LONGEST_PURPOSE, MOST_ROWS, SHORTEST_PURPOSE, TooMany, TooShort, ask, drop_files, fetch, files_of
from .registry import Column, Table, span_of, table_of, tables
from .registry import register as register_table

__all__ = [
    "LONGEST_PURPOSE",
    "MOST_ROWS",
    "SHORTEST_PURPOSE",
    "Column",
    "Table",
    "TooMany",
    "TooShort",
    "ask",
    "drop_files",
    "fetch",
    "files_of",
    "register_table",
    "span_of",
    "table_of",
    "tables",
]
