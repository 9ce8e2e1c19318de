"""Reads a PDF with programs that did not write it (pikepdf, qpdf, poppler) and prints what they find as JSON."""
import json
import subprocess
import sys
import zlib

import pikepdf


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    return {"code": done.returncode, "out": done.stdout, "err": done.stderr}


def box(page, name):
    return [float(v) for v in page[name]] if name in page else None


def space(obj):
    if isinstance(obj, pikepdf.Name):
        return str(obj)
    if obj[0] == pikepdf.Name.ICCBased:
        return f"ICCBased{int(obj[1].N)}"
    if obj[0] == pikepdf.Name.Indexed:
        return "Indexed/" + space(obj[1])
    if obj[0] == pikepdf.Name.Separation:
        return "Separation" + str(obj[1])
    return str(obj[0])


def picture(image):
    raw = image.read_raw_bytes()
    return {
        "filter": str(image.get("/Filter", "")),
        "sum": [zlib.crc32(raw), len(raw)],
        "width": int(image.Width),
        "height": int(image.Height),
        "space": space(image.ColorSpace),
        "mask": "/SMask" in image,
        "stencil": "/Mask" in image,
    }


def font(entry):
    inner = entry.DescendantFonts[0]
    descriptor = inner.FontDescriptor
    return {
        "name": str(entry.BaseFont),
        "same": entry.BaseFont == inner.BaseFont == descriptor.FontName,
        "program": "/FontFile2" in descriptor,
        "unicode": "/ToUnicode" in entry,
        "bytes": len(descriptor.FontFile2.read_bytes()) if "/FontFile2" in descriptor else 0,
    }


def operators(page):
    """Operators with their numbers where colour or state is set."""
    found = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        found.setdefault(name, []).append([str(o) for o in operands])
    return found


def overprinted(page):
    """Whether all type in pure K is shown with overprint on, and how many such runs there are."""
    state = {"fill": None, "over": False}
    stack, runs, bad = [], 0, 0
    states = page.Resources.get("/ExtGState", {})
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            stack.append(dict(state))
        elif name == "Q":
            state = stack.pop()
        elif name in ("k", "rg", "g"):
            state["fill"] = [float(o) for o in operands]
        elif name == "gs":
            entry = states[str(operands[0])]
            if "/OP" in entry:
                state["over"] = bool(entry.OP) and bool(entry.op) and int(entry.get("/OPM", 0)) == 1
        elif name in ("TJ", "Tj"):
            black = state["fill"] == [0, 0, 0, 1]
            runs += black
            bad += black != state["over"]
    return {"black_runs": runs, "wrong": bad}


def shading_spaces(page):
    return sorted({space(s.ColorSpace) for s in page.Resources.get("/Shading", {}).values()})


def page_facts(page):
    resources = page.Resources
    return {
        "media": box(page, "/MediaBox"),
        "bleed": box(page, "/BleedBox"),
        "trim": box(page, "/TrimBox"),
        "crop": "/CropBox" in page,
        "group": space(page.Group.CS) if "/Group" in page else None,
        "fonts": [font(f) for f in resources.get("/Font", {}).values()],
        "pictures": [picture(x) for x in resources.get("/XObject", {}).values() if x.Subtype == "/Image"],
        "operators": {k: len(v) for k, v in operators(page).items()},
        "spaces": {k: space(v) for k, v in resources.get("/ColorSpace", {}).items()},
        "shadings": shading_spaces(page),
        "overprint": overprinted(page),
        "links": [str(a.A.URI) for a in page.get("/Annots", [])],
    }


def metadata(pdf):
    if "/Metadata" not in pdf.Root:
        return None
    wanted = {
        "title": "dc:title",
        "creator": "dc:creator",
        "tool": "xmp:CreatorTool",
        "producer": "pdf:Producer",
        "created": "xmp:CreateDate",
        "modified": "xmp:ModifyDate",
        "pdfx": "pdfxid:GTS_PDFXVersion",
        "trapped": "pdf:Trapped",
        "document": "xmpMM:DocumentID",
        "rendition": "xmpMM:RenditionClass",
        "version": "xmpMM:VersionID",
    }
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp.register_xml_namespace("http://www.npes.org/pdfx/ns/id/", "pdfxid")
        return {key: (list(xmp[name]) if isinstance(xmp.get(name), (list, set)) else xmp.get(name)) for key, name in wanted.items()}


def main(path):
    pdf = pikepdf.open(path)
    root = pdf.Root
    intents = [
        {
            "kind": str(i.S),
            "condition": str(i.OutputConditionIdentifier),
            "registry": str(i.get("/RegistryName", "")),
            "info": str(i.get("/Info", "")),
            "profile": bytes(i.DestOutputProfile.read_bytes()[16:20]).decode() if "/DestOutputProfile" in i else None,
            "colours": int(i.DestOutputProfile.N) if "/DestOutputProfile" in i else None,
        }
        for i in root.get("/OutputIntents", [])
    ]
    facts = {
        "header": open(path, "rb").read(8).decode(),
        "pages": [page_facts(page) for page in pdf.pages],
        "intents": intents,
        "xmp": metadata(pdf),
        "info": {str(k)[1:]: str(v) for k, v in pdf.docinfo.items()},
        "lang": str(root.get("/Lang", "")),
        "viewer": {str(k)[1:]: str(v) for k, v in root.get("/ViewerPreferences", {}).items()},
        "mode": str(root.get("/PageMode", "")),
        "bookmarks": [item.title for item in pdf.open_outline().root],
        "id": [bytes(i).hex() for i in pdf.trailer.ID],
        "check": run("qpdf", "--check", path),
        "objects": sorted({str(o.get("/Type", "")) + str(o.get("/Subtype", "")) for o in pdf.objects if isinstance(o, (pikepdf.Dictionary, pikepdf.Stream))}),
        "text": run("pdftotext", "-enc", "UTF-8", path, "-")["out"],
        "fonts": run("pdffonts", path)["out"],
    }
    json.dump(facts, sys.stdout, ensure_ascii=False)


main(sys.argv[1])
