"""Fills an existing workspace with presses of a counter, as a season of events would: fill.py DATABASE PROJECT DOOR COUNT."""
import sqlite3
import sys

path, project, door, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
base = sqlite3.connect(path)


def rows():
    for n in range(count):
        minute = n * 9 // 2500
        day, hour, at = n // 50_000, 10 + (n // 6_250) % 8, minute % 60
        date = f"2025-{4 + day // 28:02}-{1 + day % 28:02}"
        yield ("f" * 16, n + 1, project, door, date, hour, f"{date}T{hour:02}:{at:02}:00.000", "adult", 1, None)


with base:
    base.executemany("INSERT INTO tally VALUES (?,?,?,?,?,?,?,?,?,?)", rows())
base.close()
