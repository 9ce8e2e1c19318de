"""ReportLab: drawn by hand on its canvas, the text by its own CJK paragraphs. JPEGs go through untouched, as ours do."""
import json
import pathlib

from reportlab import rl_config
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import CMYKColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, Paragraph, Table, TableStyle

# Its default writes pictures as text, a quarter longer.
rl_config.useA85 = 0
HEIGHT = 847 * mm
INK = CMYKColor(0, 0, 0, 1)
BLUE = CMYKColor(1, 0.75, 0.25, 0.2)


def faces(fonts):
    if "Body" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Body", str(pathlib.Path(fonts) / "BIZUDPGothic_400Regular.ttf")))
        pdfmetrics.registerFont(TTFont("Bold", str(pathlib.Path(fonts) / "BIZUDPGothic_700Bold.ttf")))


def photo(canvas, path, x, y, w, h):
    """Fills its place and is clipped to it, as a cropped photo is."""
    from reportlab.lib.utils import ImageReader

    wide, high = ImageReader(path).getSize()
    scale = max(w / wide, h / high)
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(x, y, w, h)
    canvas.clipPath(clip, stroke=0)
    canvas.drawImage(path, x + (w - wide * scale) / 2, y + (h - high * scale) / 2, wide * scale, high * scale)
    canvas.restoreState()


def block(canvas, what, folder):
    at, kind = what["place"], what["type"]
    x, w, h = (at["x"] + 3) * mm, at["w"] * mm, at["h"] * mm
    y = HEIGHT - (at["y"] + 3) * mm - h
    canvas.setFillColor(INK)
    if kind == "title":
        canvas.setFont("Bold", at["size"])
        canvas.drawString(x, y + h - at["size"], what["text"])
    elif kind == "body":
        style = ParagraphStyle("body", fontName="Body", fontSize=at["size"], leading=at["size"] * 1.7, wordWrap="CJK", textColor=INK, firstLineIndent=at["size"])
        rest = [Paragraph(section["text"], style) for section in what["sections"]]
        width = (w - 12 * mm) / 2
        for column in range(2):
            frame = Frame(x + column * (width + 12 * mm), y, width, h, 0, 0, 0, 0)
            while rest and frame.add(rest[0], canvas):
                del rest[0]
            if rest:
                # What does not fit goes on in the next column.
                head, *more = frame.split(rest[0], canvas) or [rest[0]]
                if more:
                    frame.add(head, canvas)
                    rest[0:1] = more
    elif kind == "photo":
        photo(canvas, str(folder / what["picture"]), x, y, w, h)
    elif kind == "table":
        rows = [[column["head"] for column in what["columns"]], *what["rows"]]
        table = Table(rows, colWidths=[w / len(rows[0])] * len(rows[0]))
        table.setStyle(TableStyle([("FONT", (0, 0), (-1, -1), "Body", 24), ("LEADING", (0, 0), (-1, -1), 32), ("LINEBELOW", (0, 0), (-1, -1), 0.35, INK), ("ALIGN", (2, 0), (2, -1), "RIGHT")]))
        _, high = table.wrapOn(canvas, w, h)
        table.drawOn(canvas, x, y + h - high)
    elif kind == "chart":
        top = max(point["value"] for point in what["points"])
        for i, point in enumerate(what["points"]):
            line = y + h - (i + 1) * 13 * mm
            canvas.setFillColor(INK)
            canvas.setFont("Body", 22)
            canvas.drawString(x, line + 2 * mm, point["label"])
            canvas.setFillColor(BLUE)
            canvas.rect(x + w * 0.3, line, w * 0.6 * point["value"] / top, 9 * mm, stroke=0, fill=1)
            canvas.setFillColor(INK)
            canvas.drawString(x + w * (0.31 + 0.6 * point["value"] / top), line + 2 * mm, str(point["value"]))
    elif kind == "qr":
        drawing = Drawing(w, h, transform=[1, 0, 0, 1, 0, 0])
        drawing.add(QrCodeWidget(what["url"], barLevel="M", barWidth=w, barHeight=h, barBorder=4))
        renderPDF.draw(drawing, canvas, x, y)


def panel(job):
    source, out, fonts, _ = job
    source = pathlib.Path(source)
    faces(fonts)
    content = json.loads(source.read_text(encoding="utf-8"))
    canvas = Canvas(str(pathlib.Path(out) / f"{source.stem}.pdf"), pagesize=(600 * mm, HEIGHT), pageCompression=1)
    for what in content["blocks"]:
        block(canvas, what, source.parent)
    canvas.save()
