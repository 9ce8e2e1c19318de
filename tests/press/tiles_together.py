"""Puts the sheets of a tiled panel together again, by their matrices and as pictures, and compares them with the panel; JSON."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf

MM = 72 / 25.4
PPI = 50.8  # Two pixels a millimetre.


def window(page):
    """Clip and shift of the form on a sheet."""
    clip = shift = None
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "re" and clip is None:
            clip = [float(v) for v in operands]
        if str(operator) == "cm" and shift is None:
            shift = [float(v) for v in operands]
    return clip, shift


def ppm(path, page, folder):
    stem = Path(folder) / f"{Path(path).stem}-{page}"
    done = subprocess.run(["pdftoppm", "-r", str(PPI), "-f", str(page), "-l", str(page), "-singlefile", path, str(stem)], check=True, capture_output=True, text=True)
    assert not done.stderr, f"{path} page {page}: {done.stderr}"
    data = stem.with_suffix(".ppm").read_bytes()
    head, size, _, pixels = data.split(b"\n", 3)
    width, height = map(int, size.split())
    return width, height, pixels


def main(tiles, whole):
    pdf, panel = pikepdf.open(tiles), pikepdf.open(whole)
    width, height = float(panel.pages[0].MediaBox[2]), float(panel.pages[0].MediaBox[3])
    form = next(x for x in pdf.pages[1].Resources.XObject.values() if x.Subtype == "/Form")
    off = max(abs(float(form.BBox[2]) - width), abs(float(form.BBox[3]) - height))
    seen, sheets = [], []
    for number, page in enumerate(pdf.pages[1:], 2):
        (x, y, w, h), (a, b, c, d, e, f) = window(page)
        off = max(off, abs(a - 1) * width, abs(d - 1) * height, abs(b), abs(c))
        seen.append((x - e, y - f, x - e + w, y - f + h))
        sheets.append((number, e, f, x, y, w, h))
    # Columns and rows of windows: each begins where the one before has not ended yet.
    uncovered = 0.0
    for low, high, length in ((0, 2, width), (1, 3, height)):
        reach = 0.0
        for start, end in sorted({(s[low], s[high]) for s in seen}):
            uncovered = max(uncovered, start - reach)
            reach = max(reach, end)
        uncovered = max(uncovered, length - reach)
    k = PPI / 72
    with tempfile.TemporaryDirectory() as folder:
        pw, ph, pixels = ppm(whole, 1, folder)
        bad = count = 0
        margin = 14 * MM
        for number, e, f, x, y, w, h in sheets:
            tw, th, tile = ppm(tiles, number, folder)
            paper = float(pdf.pages[number - 1].MediaBox[3])
            # The middle of every window, away from marks, words and edges.
            for ty in range(round((paper - y - h + margin) * k), round((paper - y - margin) * k), 3):
                for tx in range(round((x + margin) * k), round((x + w - margin) * k), 3):
                    px = tx - round(e * k)
                    py = ty - round((paper - f - height) * k)
                    if not (2 <= px < pw - 2 and 2 <= py < ph - 2):
                        continue
                    here = tile[(ty * tw + tx) * 3 : (ty * tw + tx) * 3 + 3]
                    # Within a pixel: the two grids do not fall on each other.
                    near = [pixels[((py + v) * pw + px + u) * 3 : ((py + v) * pw + px + u) * 3 + 3] for u in (-1, 0, 1) for v in (-1, 0, 1)]
                    count += 1
                    low, high = [min(n[i] for n in near) for i in range(3)], [max(n[i] for n in near) for i in range(3)]
                    bad += any(not low[i] - 40 <= here[i] <= high[i] + 40 for i in range(3))
    scaling = str(pdf.Root.ViewerPreferences.PrintScaling)
    print(json.dumps({"tiles": len(sheets), "off_mm": off / MM, "uncovered_mm": max(uncovered, 0) / MM, "pixels_off": bad / max(count, 1), "scaling": scaling}))


main(*sys.argv[1:])
