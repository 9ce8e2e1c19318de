"""Presses every content document of a folder with one peer, one file a panel, on as many processes as there are cores.

run.py PEER FOLDER OUT FONTS [CHROMIUM]: PEER is the name of a module beside this file with a function panel((source, out, fonts, program)).
"""
import concurrent.futures
import importlib
import os
import pathlib
import sys

if __name__ == "__main__":
    peer, folder, out, fonts = sys.argv[1:5]
    program = sys.argv[5] if len(sys.argv) > 5 else ""
    panel = importlib.import_module(f"{peer}_panels").panel
    jobs = [(str(path), out, fonts, program) for path in sorted(pathlib.Path(folder).glob("*.json"))]
    if len(jobs) == 1:
        panel(jobs[0])
    else:
        with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(panel, jobs, chunksize=5))
