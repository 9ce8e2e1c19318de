"""The same panels as one page of HTML, for Chromium and WeasyPrint. What a browser has for Japanese is switched on."""
import html
import io
import json
import pathlib

import segno

STYLE = """
@page { size: 600mm 847mm; margin: 0 }
@font-face { font-family: "BIZ UDPGothic"; src: url("FONTS/BIZUDPGothic_400Regular.ttf") }
@font-face { font-family: "BIZ UDPGothic"; font-weight: 700; src: url("FONTS/BIZUDPGothic_700Bold.ttf") }
html, body { margin: 0; font-family: "BIZ UDPGothic"; color: #000; line-break: strict; text-spacing-trim: trim-start; text-autospace: normal }
main { position: relative; width: 600mm; height: 847mm; overflow: hidden }
main > * { position: absolute; margin: 0 }
img { object-fit: cover }
.body { columns: 2; column-gap: 12mm; line-height: 1.7; text-align: justify; text-indent: 1em }
table { border-collapse: collapse; font-size: 24pt } td, th { border-top: 0.35pt solid; border-bottom: 0.35pt solid; padding: 5pt; text-align: left } .n { text-align: right }
.bar { display: flex; align-items: center; height: 9mm; margin-bottom: 4mm; font-size: 22pt } .bar span { width: 30% } .bar i { display: block; height: 9mm; background: #00316b }
"""


def block(what):
    """One block of our content document as an element with its place in millimetres from the bleed's corner."""
    at, kind = what["place"], what["type"]
    style = f'left:{at["x"] + 3}mm;top:{at["y"] + 3}mm;width:{at["w"]}mm;height:{at["h"]}mm'
    if "size" in at:
        style += f';font-size:{at["size"]}pt'
    if kind == "title":
        return f'<h1 style="{style};font-weight:700;line-height:1.2">{html.escape(what["text"])}</h1>'
    if kind == "body":
        return f'<div style="{style}"><div class="body">' + "".join(f'<p style="margin:0">{html.escape(s["text"])}</p>' for s in what["sections"]) + "</div></div>"
    if kind == "photo":
        return f'<img style="{style}" src="{html.escape(what["picture"])}">'
    if kind == "table":
        head = "".join(f'<th>{html.escape(c["head"])}</th>' for c in what["columns"])
        rows = "".join("<tr>" + "".join(f'<td class="{"n" if i == 2 else ""}">{html.escape(c)}</td>' for i, c in enumerate(row)) + "</tr>" for row in what["rows"])
        return f'<table style="{style};height:auto"><tr>{head}</tr>{rows}</table>'
    if kind == "chart":
        top = max(p["value"] for p in what["points"])
        bars = "".join(f'<div class="bar"><span>{html.escape(p["label"])}</span><i style="width:{p["value"] / top * 60:.2f}%"></i>&nbsp;{p["value"]}</div>' for p in what["points"])
        return f'<div style="{style}">{bars}</div>'
    if kind == "qr":
        out = io.BytesIO()
        segno.make(what["url"], error="m").save(out, kind="svg", border=4, xmldecl=False, omitsize=True)
        return f'<div style="{style}">{out.getvalue().decode()}</div>'
    raise ValueError(kind)


def write(source, fonts):
    """Writes the page beside its document and answers its path."""
    source = pathlib.Path(source)
    content = json.loads(source.read_text(encoding="utf-8"))
    style = STYLE.replace("FONTS", pathlib.Path(fonts).resolve().as_uri())
    blocks = "".join(block(what) for what in content["blocks"])
    page = source.with_suffix(".html")
    page.write_text(f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{html.escape(content["name"])}</title><style>{style}</style><main>{blocks}</main></html>', encoding="utf-8")
    return page
