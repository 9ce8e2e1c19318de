"""Checks PDF/X-4 rule by rule (ISO 15930-7, for a CMYK intent); prints one line a breach and ends with 1 if there is any."""
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

BLENDS = {
    "Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn",
    "HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity",
}
FILTERS = {"/FlateDecode", "/DCTDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/JPXDecode"}
# Operators that name device RGB or an uncalibrated grey; grey is allowed with a CMYK intent.
RGB_OPERATORS = {"rg", "RG"}


class Breaches(list):
    def need(self, holds, rule):
        if not holds:
            self.append(rule)


def numbers(array):
    return [float(v) for v in array]


def inside(inner, outer):
    slack = 0.01
    return inner[0] >= outer[0] - slack and inner[1] >= outer[1] - slack and inner[2] <= outer[2] + slack and inner[3] <= outer[3] + slack


def boxes(page, where, out):
    out.need("/MediaBox" in page and "/TrimBox" in page and "/ArtBox" not in page, f"{where}: a media box and a trim box, no art box")
    media, trim = numbers(page.MediaBox), numbers(page.TrimBox)
    bleed = numbers(page.get("/BleedBox", page.MediaBox))
    out.need(trim[0] < trim[2] and trim[1] < trim[3], f"{where}: the trim box has an area")
    out.need(inside(trim, bleed) and inside(bleed, media), f"{where}: trim within bleed within media")
    if "/CropBox" in page:
        out.need(inside(numbers(page.CropBox), media), f"{where}: the crop box lies in the media box")
    for note in page.get("/Annots", []):
        x0, y0, x1, y1 = numbers(note.Rect)
        out.need(x1 <= bleed[0] or x0 >= bleed[2] or y1 <= bleed[1] or y0 >= bleed[3], f"{where}: annotations lie outside the bleed box")


def colour(space, where, out):
    if isinstance(space, Name):
        out.need(space in (Name.DeviceCMYK, Name.DeviceGray, Name.Pattern), f"{where}: {space} is no colour of the intent")
        return
    kind = space[0]
    if kind == Name.ICCBased:
        profile = bytes(space[1].read_bytes())
        wanted = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}[int(space[1].N)]
        out.need(profile[16:20] == wanted and profile[36:40] == b"acsp", f"{where}: the profile fits its number of colours")
        out.need(profile[8] <= 4, f"{where}: the profile is of ICC version 4 or older")
    elif kind in (Name.Separation, Name.DeviceN):
        colour(space[2], where, out)
    elif kind == Name.Indexed:
        colour(space[1], where, out)
    elif kind not in (Name.Lab, Name.CalGray, Name.CalRGB, Name.Pattern):
        out.append(f"{where}: colour space {kind} is unknown")


def state(entry, where, out):
    out.need("/TR" not in entry and entry.get("/TR2", Name.Default) == Name.Default, f"{where}: no transfer function")
    out.need("/HTP" not in entry, f"{where}: no halftone phase")
    blend = entry.get("/BM", Name.Normal)
    out.need(str(blend)[1:] in BLENDS, f"{where}: blend mode {blend} is known")
    mask = entry.get("/SMask")
    if isinstance(mask, Dictionary):
        group(mask.G, where, out)
        form(mask.G, where, out)


def group(stream, where, out):
    if "/Group" in stream and "/CS" in stream.Group:
        colour(stream.Group.CS, f"{where} group", out)


def form(stream, where, out):
    out.need(stream.get("/Subtype") == Name.Form and "/BBox" in stream, f"{where}: a form has a bounding box")
    content(stream, stream.get("/Resources", Dictionary()), where, out)


def content(stream, resources, where, out):
    spaces = resources.get("/ColorSpace", {})
    for operands, operator in pikepdf.parse_content_stream(stream):
        name = str(operator)
        out.need(name not in RGB_OPERATORS, f"{where}: device RGB by {name}")
        if name in ("cs", "CS"):
            chosen = operands[0]
            colour(spaces[str(chosen)] if str(chosen) in spaces else chosen, where, out)
        out.need(name != "PS", f"{where}: no PostScript")
    walk(resources, where, out)


def walk(resources, where, out):
    for entry in resources.get("/ExtGState", {}).values():
        state(entry, where, out)
    for entry in resources.get("/Shading", {}).values():
        colour(entry.ColorSpace, f"{where} shading", out)
    for entry in resources.get("/Font", {}).values():
        inner = entry.DescendantFonts[0] if entry.Subtype == Name.Type0 else entry
        descriptor = inner.get("/FontDescriptor", {})
        out.need(any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")), f"{where}: {entry.BaseFont} is embedded")
    for name, entry in resources.get("/XObject", {}).items():
        if entry.Subtype == Name.Image:
            out.need("/Alternates" not in entry and "/OPI" not in entry, f"{where}{name}: no alternates and no OPI")
            if "/ColorSpace" in entry:
                colour(entry.ColorSpace, where + name, out)
        else:
            out.need(entry.Subtype == Name.Form and "/PS" not in entry and "/Ref" not in entry, f"{where}{name}: no PostScript and no reference")
            group(entry, where + name, out)
            form(entry, where + name, out)


def intent(root, out):
    found = [i for i in root.get("/OutputIntents", []) if i.S == Name.GTS_PDFX]
    out.need(len(found) == 1, "exactly one output intent of PDF/X")
    for entry in found:
        out.need(len(str(entry.get("/OutputConditionIdentifier", ""))) > 0, "the output intent names its condition")
        out.need("/DestOutputProfile" in entry, "the output intent carries its profile")
        profile = bytes(entry.DestOutputProfile.read_bytes())
        out.need(profile[12:16] == b"prtr" and profile[16:20] == b"CMYK", "the profile is one for a CMYK printer")
        out.need(int(entry.DestOutputProfile.N) == 4, "the profile has four colours")


def metadata(pdf, out):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp.register_xml_namespace("http://www.npes.org/pdfx/ns/id/", "pdfxid")
        out.need(xmp.get("pdfxid:GTS_PDFXVersion") == "PDF/X-4", "the metadata say PDF/X-4")
        for key in ("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"):
            out.need(bool(xmp.get(key)), f"the metadata have {key}")
        out.need(xmp.get("pdf:Trapped") in ("True", "False"), "the metadata say whether it is trapped")
        out.need(str(pdf.docinfo.get("/Title", "")) == xmp.get("dc:title"), "the title is the same in both places")
        out.need(str(pdf.docinfo.get("/Trapped", ""))[1:] == xmp.get("pdf:Trapped"), "trapped is the same in both places")
    out.need("/Filter" not in pdf.Root.Metadata, "the metadata are plain")


def check(path):
    out = Breaches()
    pdf = pikepdf.open(path)
    out.need(pdf.pdf_version <= "1.6", "PDF 1.6 at most")
    out.need(not pdf.is_encrypted, "not encrypted")
    out.need("/ID" in pdf.trailer, "the file has an ID")
    intent(pdf.Root, out)
    metadata(pdf, out)
    out.need("/AA" not in pdf.Root and "/AcroForm" not in pdf.Root, "no actions and no form")
    out.need("/JavaScript" not in pdf.Root.get("/Names", {}), "no JavaScript")
    for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"):
        out.need(pdf.Root.get("/ViewerPreferences", {}).get(key, Name.MediaBox) in (Name.MediaBox, Name.BleedBox), f"{key} is media or bleed")
    for obj in pdf.objects:
        if isinstance(obj, Stream):
            out.need("/F" not in obj, "no stream lies in another file")
            filters = obj.get("/Filter", Array())
            for name in filters if isinstance(filters, Array) else [filters]:
                out.need(str(name) in FILTERS, f"filter {name} is allowed")
    for number, page in enumerate(pdf.pages, 1):
        where = f"page {number}"
        boxes(page, where, out)
        out.need("/AA" not in page and "/PresSteps" not in page, f"{where}: no actions")
        if "/Group" in page and "/CS" in page.Group:
            colour(page.Group.CS, f"{where} group", out)
        content(page, page.Resources, where, out)
    return out


breaches = check(sys.argv[1])
print("\n".join(sorted(set(breaches))))
sys.exit(1 if breaches else 0)
