"""Typst, from its Python wheel: the same panels in Typst's own words."""
import json
import pathlib

import segno
import typst


def quoted(text):
    """A Typst string literal."""
    return json.dumps(text, ensure_ascii=False)


def placed(place, inner):
    return f'#place(top + left, dx: {place["x"]}mm, dy: {place["y"]}mm, block(width: {place["w"]}mm, height: {place["h"]}mm, {inner}))\n'


def block(what, folder, name):
    """One block of our content document in Typst's words."""
    place, kind = what["place"], what["type"]
    if kind == "title":
        return placed(place, f'text(size: {place["size"]}pt, weight: "bold", {quoted(what["text"])})')
    if kind == "body":
        text = "\n\n".join(section["text"] for section in what["sections"])
        return placed(place, f'columns(2, gutter: 12mm, text(size: {place["size"]}pt, par(justify: true, leading: 18pt, first-line-indent: 1em, {quoted(text)})))')
    if kind == "photo":
        return placed(place, f'clip: true, image({quoted(what["picture"])}, width: 100%, height: 100%, fit: "cover")')
    if kind == "table":
        cells = [column["head"] for column in what["columns"]] + [cell for row in what["rows"] for cell in row]
        inner = ", ".join(f"[{cell}]" for cell in cells)
        return placed(place, f'text(size: 24pt, table(columns: (1fr,) * {len(what["columns"])}, stroke: (x: none, y: 0.35pt), {inner}))')
    if kind == "chart":
        top = max(point["value"] for point in what["points"])
        bars = ", ".join(
            f'text(size: 22pt, [{point["label"]}]), stack(dir: ltr, spacing: 2mm, rect(width: {point["value"] / top * 60:.2f}%, height: 9mm, fill: cmyk(100%, 75%, 25%, 20%)), text(size: 22pt, [{point["value"]}]))'
            for point in what["points"]
        )
        return placed(place, f"grid(columns: (30%, 70%), row-gutter: 4mm, {bars})")
    if kind == "qr":
        picture = f"{name}-qr.svg"
        segno.make(what["url"], error="m").save(str(folder / picture), border=4)
        return placed(place, f"image({quoted(picture)}, width: 100%)")
    raise ValueError(kind)


def panel(job):
    source, out, fonts, _ = pathlib.Path(job[0]), pathlib.Path(job[1]), job[2], job[3]
    content = json.loads(source.read_text(encoding="utf-8"))
    head = '#set page(width: 600mm, height: 847mm, margin: 3mm)\n#set text(font: ("BIZ UDPGothic", "BIZ UDGothic"), lang: "ja", fill: cmyk(0%, 0%, 0%, 100%))\n'
    body = "".join(block(what, source.parent, source.stem) for what in content["blocks"])
    markup = source.with_suffix(".typ")
    markup.write_text(head + body, encoding="utf-8")
    typst.compile(str(markup), output=str(out / f"{source.stem}.pdf"), font_paths=[fonts], ignore_system_fonts=True)
