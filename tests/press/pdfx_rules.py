"""The rules of PDF/X-1a:2001 (ISO 15930-1, clause 6) and PDF/X-4 (ISO 15930-7, clause 6), one by one.

`pdfx_rules.py x1a|x4 FILE` prints one line a breach. `pdfx_rules.py x1a|x4 FILE --spoil` breaks every rule in turn in a copy of
the good FILE and prints the rules that did not notice. The clause beside a rule is where the PDF standard (ISO 32000-1)
describes the thing that the rule is about. The rules stand in `pdfx_document.py` and `pdfx_graphics.py`.
"""
import io
import sys

import pikepdf

# The rules are read from beside this file and leave no compiled copy there.
sys.dont_write_bytecode = True

import pdfx_document  # noqa: E402, F401
import pdfx_graphics  # noqa: E402, F401
from pdfx_file import RULES  # noqa: E402


def breaches(pdf, kind):
    return [f"{rule.clause} {rule.says}" for rule in RULES if kind in rule.kinds and not rule.holds(pdf, kind)]


def again(pdf, **how):
    held = io.BytesIO()
    pdf.save(held, **how)
    held.seek(0)
    return held


def spoilt(path, kind):
    """Rules that did not notice that they were broken."""
    for one in (rule for rule in RULES if kind in rule.kinds):
        with pikepdf.open(path) as pdf:
            one.spoil(pdf)
            # Some rules are about the file itself.
            if one.says.startswith("the header"):
                held = again(pdf, force_version="1.7")
            elif one.says.startswith("nothing is encrypted"):
                held = again(pdf, encryption=pikepdf.Encryption(owner="o", user="", R=4))
            elif one.says.startswith(("the file has an ID", "the metadata are plain")):
                # Saving would put these right again.
                if one.holds(pdf, kind):
                    yield one
                continue
            else:
                held = again(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        with pikepdf.open(held) as pdf:
            if one.holds(pdf, kind):
                yield one


def main(kind, path, *rest):
    if rest:
        for one in spoilt(path, kind):
            print(f"{one.clause} {one.says}")
        print(sum(kind in rule.kinds for rule in RULES))
        return
    with pikepdf.open(path) as pdf:
        print("\n".join(breaches(pdf, kind)))


main(*sys.argv[1:])
