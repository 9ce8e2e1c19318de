"""Prints the largest sum of the four inks, in percent, of any pixel of the first page at 72 ppi, as mupdf draws it in CMYK."""
import subprocess
import sys
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as folder:
    subprocess.run(["mutool", "draw", "-q", "-r", "72", "-c", "cmyk", "-o", f"{folder}/page.pam", sys.argv[1], "1"], check=True)
    data = Path(folder, "page.pam").read_bytes()
    start = data.index(b"ENDHDR\n") + 7
    pixels = data[start:]
    print(max(sum(pixels[i : i + 4]) for i in range(0, len(pixels) - 3, 4)) / 2.55)
