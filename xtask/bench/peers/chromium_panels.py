"""Chromium without a window: one start a panel, since its command line prints one page at a time."""
import pathlib
import subprocess
import tempfile

import page

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer", "--allow-file-access-from-files",
]


def panel(job):
    source, out, fonts, program = job
    written = page.write(source, fonts)
    target = pathlib.Path(out) / f"{pathlib.Path(source).stem}.pdf"
    with tempfile.TemporaryDirectory() as profile:
        command = [program, *FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={target}", written.resolve().as_uri()]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
