"""Packages: the whole record in a folder or a zip file, as a Frictionless data package, and back into an empty record.

A package holds a CSV file for each record type, where it is asked for also who changed what (`batches.jsonl` and
`changes.jsonl`), and `datapackage.json`, which names them all with their columns, rows and sums.
"""

from .restoring import NotRestored, restore
from .writing import MANIFEST, SCHEMA_VERSION, write

__all__ = ["MANIFEST", "SCHEMA_VERSION", "NotRestored", "restore", "write"]
