"""WeasyPrint: the same HTML as Chromium gets."""
import pathlib

import page
import weasyprint


def panel(job):
    source, out, fonts, _ = job
    written = page.write(source, fonts)
    weasyprint.HTML(filename=str(written)).write_pdf(str(pathlib.Path(out) / f"{pathlib.Path(source).stem}.pdf"))
