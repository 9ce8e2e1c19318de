"""The rules of PDF/X-1a:2001 (ISO 15930-1, clause 6) and PDF/X-4 (ISO 15930-7, clause 6), one by one.

`pdfx_rules.py x1a|x4 FILE` prints one line a breach. `pdfx_rules.py x1a|x4 FILE --spoil` breaks every rule in turn in a copy of
the good FILE and prints the rules that did not notice. The clause beside a rule is where the PDF standard (ISO 32000-1)
describes the thing that the rule is about.
"""
import io
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

BOTH = ("x1a", "x4")
FILTERS = {"/FlateDecode", "/DCTDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/CCITTFaxDecode"}
FILTERS_X4 = FILTERS | {"/JBIG2Decode", "/JPXDecode"}
BLENDS = {
    "Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn",
    "HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity",
}
# Operators of PDF 1.3 (ISO 32000-1, Annex A): nothing was added since but none was taken away either.
OPERATORS = set(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S SC sc "
    "SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \" INLINE IMAGE".split()
)
RULES = []


class Rule:
    def __init__(self, clause, says, kinds, holds, spoil):
        self.clause, self.says, self.kinds, self.holds, self.spoil = clause, says, kinds, holds, spoil


def rule(clause, says, spoil, kinds=BOTH):
    """The function below answers whether the rule holds in a file of a kind."""
    def taken(holds):
        RULES.append(Rule(clause, says, kinds, holds, spoil))
        return holds
    return taken


# ── what the rules look at ─────────────────────────────────────────────────────────────────────────────────────────────
def numbers(array):
    return [float(v) for v in array]


def inside(inner, outer, slack=0.01):
    return inner[0] >= outer[0] - slack and inner[1] >= outer[1] - slack and inner[2] <= outer[2] + slack and inner[3] <= outer[3] + slack


def forms(resources, seen):
    """Forms below some resources, soft masks included."""
    for entry in resources.get("/XObject", {}).values():
        if entry.get("/Subtype") == Name.Form and entry.objgen not in seen:
            seen.add(entry.objgen)
            yield entry
            yield from forms(entry.get("/Resources", Dictionary()), seen)
    for state in resources.get("/ExtGState", {}).values():
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary) and mask.G.objgen not in seen:
            seen.add(mask.G.objgen)
            yield mask.G
            yield from forms(mask.G.get("/Resources", Dictionary()), seen)


def drawings(pdf):
    """Every content stream with its resources: pages first."""
    for page in pdf.pages:
        yield page, page.get("/Resources", Dictionary())
        for form in forms(page.get("/Resources", Dictionary()), set()):
            yield form, form.get("/Resources", Dictionary())


def of_kind(pdf, kind):
    for _, resources in drawings(pdf):
        yield from resources.get(kind, {}).values()


def pictures(pdf):
    return [entry for entry in of_kind(pdf, "/XObject") if entry.get("/Subtype") == Name.Image]


def operators(pdf):
    for stream, resources in drawings(pdf):
        for operands, operator in pikepdf.parse_content_stream(stream):
            yield operands, str(operator), resources


def families(space):
    """Colour families that a space is made of."""
    if isinstance(space, Name):
        return {str(space)}
    kind = str(space[0])
    if kind in ("/Separation", "/DeviceN"):
        return {kind} | families(space[2])
    if kind == "/Indexed":
        return families(space[1])
    return {kind}


def spaces(pdf):
    for operands, name, resources in operators(pdf):
        if name in ("cs", "CS"):
            named = resources.get("/ColorSpace", {})
            yield named[str(operands[0])] if str(operands[0]) in named else operands[0]
        elif name in ("rg", "RG"):
            yield Name.DeviceRGB
        elif name in ("g", "G"):
            yield Name.DeviceGray
        elif name in ("k", "K"):
            yield Name.DeviceCMYK
    for picture in pictures(pdf):
        # A soft mask is grey by definition; a stencil has no colour.
        if "/ColorSpace" in picture:
            yield picture.ColorSpace
    for shading in of_kind(pdf, "/Shading"):
        yield shading.ColorSpace
    for stream, _ in drawings(pdf):
        if "/Group" in stream and "/CS" in stream.Group:
            yield stream.Group.CS


def profiles(pdf):
    for space in spaces(pdf):
        if isinstance(space, Array) and space[0] == Name.Indexed:
            space = space[1]
        if isinstance(space, Array) and space[0] == Name.ICCBased:
            yield space[1]


def intents(pdf):
    return [entry for entry in pdf.Root.get("/OutputIntents", []) if entry.get("/S") == Name.GTS_PDFX]


def metadata(pdf, key):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp.register_xml_namespace("http://www.npes.org/pdfx/ns/id/", "pdfxid")
        xmp.register_xml_namespace("http://ns.adobe.com/pdfx/1.3/", "pdfx")
        return xmp.get(key)


def forget(pdf, key):
    text = bytes(pdf.Root.Metadata.read_bytes()).decode()
    tag = key.encode().decode()
    start, end = text.index(f"<{tag}>"), text.index(f"</{tag}>") + len(tag) + 3
    pdf.Root.Metadata = pdf.make_stream((text[:start] + text[end:]).encode(), {"/Type": Name.Metadata, "/Subtype": Name.XML})


def draw(pdf, code):
    """Adds operators to the first page."""
    pdf.pages[0].contents_add(pdf.make_stream(code.encode()))


def resource(pdf, kind, name, entry):
    resources = pdf.pages[0].Resources
    if kind not in resources:
        resources[kind] = Dictionary()
    resources[kind][name] = entry


def set_state(pdf, **entries):
    resource(pdf, "/ExtGState", "/Spoilt", Dictionary(**entries))
    draw(pdf, "/Spoilt gs")


def plain_picture(pdf, **entries):
    wanted = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1, "/BitsPerComponent": 8, "/ColorSpace": Name.DeviceCMYK}
    wanted.update({"/" + key: value for key, value in entries.items()})
    resource(pdf, "/XObject", "/Spoilt", pdf.make_stream(b"\0\0\0\0", wanted))


def delete(holder, key):
    if key in holder:
        del holder[key]


def put(holder, key, value):
    holder[key] = value


# ── the file ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@rule("7.5.2", "the header says PDF 1.3", lambda pdf: None, ("x1a",))
def header_13(pdf, kind):
    return pdf.pdf_version == "1.3"


@rule("7.5.2", "the header says PDF 1.6 at most", lambda pdf: None, ("x4",))
def header_16(pdf, kind):
    return pdf.pdf_version <= "1.6"


@rule("7.5.5", "the file has an ID of two equal or unequal strings", lambda pdf: put(pdf.trailer, "/ID", Array([String("")])))
def has_id(pdf, kind):
    return "/ID" in pdf.trailer and len(pdf.trailer.ID) == 2 and all(len(bytes(part)) > 0 for part in pdf.trailer.ID)


@rule("7.6", "nothing is encrypted", lambda pdf: None)
def plain(pdf, kind):
    return not pdf.is_encrypted


def streams(pdf):
    return [obj for obj in pdf.objects if isinstance(obj, Stream)]


def foreign(pdf):
    plain_picture(pdf, F=String("elsewhere.bin"))


@rule("7.3.8", "no stream lies in another file", foreign)
def whole(pdf, kind):
    return all("/F" not in stream for stream in streams(pdf))


def lzw(pdf):
    resource(pdf, "/XObject", "/Spoilt", pikepdf.Stream(pdf, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"))
    stream = pdf.pages[0].Resources.XObject.Spoilt
    for key, value in {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1, "/BitsPerComponent": 8, "/ColorSpace": Name.DeviceCMYK}.items():
        stream[key] = value
    stream.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)


@rule("7.4", "only allowed filters; no LZW", lzw)
def filters(pdf, kind):
    allowed = FILTERS if kind == "x1a" else FILTERS_X4
    for stream in streams(pdf):
        named = stream.get("/Filter", Array())
        if any(str(name) not in allowed for name in (named if isinstance(named, Array) else [named])):
            return False
    return True


# ── identification ─────────────────────────────────────────────────────────────────────────────────────────────────────
@rule("14.3.3", "Info says PDF/X-1:2001", lambda pdf: delete(pdf.docinfo, "/GTS_PDFXVersion"), ("x1a",))
def version_x1a(pdf, kind):
    return str(pdf.docinfo.get("/GTS_PDFXVersion", "")) == "PDF/X-1:2001"


@rule("14.3.3", "Info says conformance PDF/X-1a:2001", lambda pdf: put(pdf.docinfo, "/GTS_PDFXConformance", String("PDF/X-1:2001")), ("x1a",))
def conformance_x1a(pdf, kind):
    return str(pdf.docinfo.get("/GTS_PDFXConformance", "")) == "PDF/X-1a:2001"


@rule("14.3.2", "the metadata say PDF/X-4", lambda pdf: forget(pdf, "pdfxid:GTS_PDFXVersion"), ("x4",))
def version_x4(pdf, kind):
    return metadata(pdf, "pdfxid:GTS_PDFXVersion") == "PDF/X-4"


for entry in ("/Title", "/CreationDate", "/ModDate", "/Creator", "/Producer"):
    @rule("14.3.3", f"Info has {entry[1:]}", lambda pdf, entry=entry: delete(pdf.docinfo, entry), ("x1a",))
    def info_entry(pdf, kind, entry=entry):
        return len(str(pdf.docinfo.get(entry, ""))) > 0


for key in ("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"):
    @rule("14.3.2", f"the metadata have {key}", lambda pdf, key=key: forget(pdf, key), ("x4",))
    def metadata_entry(pdf, kind, key=key):
        return bool(metadata(pdf, key))


@rule("14.11.6", "Info says whether the pages are trapped", lambda pdf: put(pdf.docinfo, "/Trapped", Name.Unknown), ("x1a",))
def trapped_info(pdf, kind):
    return pdf.docinfo.get("/Trapped") in (Name("/True"), Name("/False"))


@rule("14.11.6", "the metadata say whether the pages are trapped", lambda pdf: forget(pdf, "pdf:Trapped"), ("x4",))
def trapped_metadata(pdf, kind):
    return metadata(pdf, "pdf:Trapped") in ("True", "False")


@rule("14.3.2", "metadata and Info have the same title", lambda pdf: put(pdf.docinfo, "/Title", String("another")))
def same_title(pdf, kind):
    return str(pdf.docinfo.get("/Title", "")) == metadata(pdf, "dc:title")


def squeezed(pdf):
    text = bytes(pdf.Root.Metadata.read_bytes())
    pdf.Root.Metadata = pdf.make_stream(text, {"/Type": Name.Metadata, "/Subtype": Name.XML, "/Filter": Array([Name.ASCIIHexDecode])})
    pdf.Root.Metadata.write(text.hex().encode() + b">", filter=Name.ASCIIHexDecode)


@rule("14.3.2", "the metadata are plain", squeezed, ("x4",))
def plain_metadata(pdf, kind):
    return "/Filter" not in pdf.Root.Metadata


# ── output intent ──────────────────────────────────────────────────────────────────────────────────────────────────────
def second_intent(pdf):
    pdf.Root.OutputIntents.append(Dictionary(**{k[1:]: v for k, v in pdf.Root.OutputIntents[0].items()}))


@rule("14.11.5", "exactly one output intent of PDF/X", second_intent)
def one_intent(pdf, kind):
    return len(intents(pdf)) == 1


@rule("14.11.5", "the output intent names its condition", lambda pdf: delete(pdf.Root.OutputIntents[0], "/OutputConditionIdentifier"))
def named_condition(pdf, kind):
    return all(len(str(entry.get("/OutputConditionIdentifier", ""))) > 0 for entry in intents(pdf))


@rule("14.11.5", "the output intent tells people what it is", lambda pdf: delete(pdf.Root.OutputIntents[0], "/Info"), ("x1a",))
def told_condition(pdf, kind):
    return all(len(str(entry.get("/Info", ""))) > 0 for entry in intents(pdf))


def unregistered(pdf):
    delete(pdf.Root.OutputIntents[0], "/RegistryName")
    delete(pdf.Root.OutputIntents[0], "/DestOutputProfile")


@rule("14.11.5", "the condition is in the ICC's registry or its profile is carried", unregistered, ("x1a",))
def known_condition(pdf, kind):
    return all("/DestOutputProfile" in entry or str(entry.get("/RegistryName", "")) == "http://www.color.org" for entry in intents(pdf))


@rule("14.11.5", "the output intent carries its profile", lambda pdf: delete(pdf.Root.OutputIntents[0], "/DestOutputProfile"), ("x4",))
def carried_profile(pdf, kind):
    return all("/DestOutputProfile" in entry for entry in intents(pdf))


def wrong_class(pdf):
    profile = bytearray(128)
    profile[8], profile[12:16], profile[16:20], profile[36:40] = 2, b"mntr", b"RGB ", b"acsp"
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(bytes(profile), {"/N": 3})


@rule("14.11.5", "the profile is one for a CMYK printer, in both directions", wrong_class)
def printer_profile(pdf, kind):
    for entry in intents(pdf):
        if "/DestOutputProfile" not in entry:
            continue
        profile = bytes(entry.DestOutputProfile.read_bytes())
        tags = {profile[132 + 12 * i : 136 + 12 * i] for i in range(int.from_bytes(profile[128:132], "big"))}
        if profile[12:16] != b"prtr" or profile[16:20] != b"CMYK" or int(entry.DestOutputProfile.N) != 4 or not {b"A2B1", b"B2A1"} <= tags:
            return False
    return True


# ── pages ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def outer(page):
    return numbers(page.MediaBox)


@rule("14.11.2", "every page has a media box and a trim box, and no art box", lambda pdf: delete(pdf.pages[0].obj, "/TrimBox"))
def has_boxes(pdf, kind):
    return all("/MediaBox" in page and "/TrimBox" in page and "/ArtBox" not in page for page in pdf.pages)


@rule("14.11.2", "trim lies within bleed, bleed within media", lambda pdf: put(pdf.pages[0].obj, "/BleedBox", Array([100, 100, 200, 200])))
def nested_boxes(pdf, kind):
    for page in pdf.pages:
        if "/TrimBox" not in page:
            continue
        trim, bleed = numbers(page.TrimBox), numbers(page.get("/BleedBox", page.MediaBox))
        if not (trim[0] < trim[2] and trim[1] < trim[3] and inside(trim, bleed) and inside(bleed, outer(page))):
            return False
    return True


@rule("14.11.2", "a crop box hides nothing that is printed", lambda pdf: put(pdf.pages[0].obj, "/CropBox", Array([100, 100, 110, 110])))
def crop_box(pdf, kind):
    return all("/CropBox" not in page or "/TrimBox" not in page or inside(numbers(page.TrimBox), numbers(page.CropBox)) for page in pdf.pages)


def note(pdf):
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(numbers(pdf.pages[0].TrimBox)))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


@rule("12.5", "annotations lie outside the bleed box", note)
def annotations(pdf, kind):
    for page in pdf.pages:
        bleed = numbers(page.get("/BleedBox", page.MediaBox))
        for entry in page.get("/Annots", []):
            x0, y0, x1, y1 = numbers(entry.Rect)
            if not (x1 <= bleed[0] or x0 >= bleed[2] or y1 <= bleed[1] or y0 >= bleed[3]):
                return False
    return True


@rule("14.11.4", "pages are not separated beforehand", lambda pdf: put(pdf.pages[0].obj, "/SeparationInfo", Dictionary(DeviceColorant=Name.Cyan)))
def composite(pdf, kind):
    return all("/SeparationInfo" not in page for page in pdf.pages)


@rule("12.6", "no actions and no JavaScript", lambda pdf: put(pdf.Root, "/OpenAction", Dictionary(S=Name.JavaScript, JS=String("1"))))
def no_actions(pdf, kind):
    root = pdf.Root
    fine = "/AA" not in root and not isinstance(root.get("/OpenAction"), Dictionary) and "/JavaScript" not in root.get("/Names", {})
    return fine and all("/AA" not in page for page in pdf.pages) and all(not (isinstance(o, Dictionary) and o.get("/S") == Name.JavaScript) for o in pdf.objects)


@rule("12.7", "no form to fill in", lambda pdf: put(pdf.Root, "/AcroForm", Dictionary(Fields=Array())))
def no_form(pdf, kind):
    return "/AcroForm" not in pdf.Root


@rule("12.2", "what is printed is the media or the bleed box", lambda pdf: put(pdf.Root.ViewerPreferences, "/PrintArea", Name.TrimBox))
def printed_area(pdf, kind):
    wanted = (Name.MediaBox, Name.BleedBox)
    return all(pdf.Root.get("/ViewerPreferences", {}).get(key, Name.MediaBox) in wanted for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"))


# ── colour ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def inks_only(pdf):
    draw(pdf, "1 0 0 rg")


@rule("8.6", "colours are CMYK, grey or spot colours with a CMYK alternate", inks_only, ("x1a",))
def inks(pdf, kind):
    allowed = {"/DeviceCMYK", "/DeviceGray", "/Separation", "/DeviceN", "/Pattern"}
    return all(families(space) <= allowed for space in spaces(pdf))


@rule("8.6", "device colours are those of the output intent", inks_only, ("x4",))
def intent_colours(pdf, kind):
    return all("/DeviceRGB" not in families(space) for space in spaces(pdf))


def misfit(pdf):
    profile = bytearray(132)
    profile[8], profile[12:16], profile[16:20], profile[36:40] = 2, b"mntr", b"GRAY", b"acsp"
    plain_picture(pdf, ColorSpace=Array([Name.ICCBased, pdf.make_stream(bytes(profile), {"/N": 3})]))


@rule("8.6.5.5", "a profile fits its number of colours and is of ICC version 4 or older", misfit, ("x4",))
def fitting_profiles(pdf, kind):
    wanted = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
    for stream in profiles(pdf):
        profile = bytes(stream.read_bytes())
        if profile[16:20] != wanted[int(stream.N)] or profile[36:40] != b"acsp" or profile[8] > 4:
            return False
    return True


def same_profile(pdf):
    icc = bytearray(132)
    icc[8], icc[12:16], icc[16:20], icc[36:40] = 2, b"prtr", b"CMYK", b"acsp"
    plain_picture(pdf, ColorSpace=Array([Name.ICCBased, pdf.make_stream(bytes(icc), {"/N": 4})]))


@rule("8.6.5.5", "CMYK pictures are in the inks of the press, not in another profile", same_profile)
def no_second_cmyk(pdf, kind):
    return all(int(stream.N) != 4 for stream in profiles(pdf))


# ── transparency ───────────────────────────────────────────────────────────────────────────────────────────────────────
@rule("11.6.5", "no soft mask in a graphics state", lambda pdf: set_state(pdf, SMask=Dictionary(S=Name.Luminosity, G=pdf.make_stream(b"", {"/Subtype": Name.Form, "/BBox": Array([0, 0, 1, 1])}))), ("x1a",))
def no_state_mask(pdf, kind):
    return all(state.get("/SMask", Name("/None")) == Name("/None") for state in of_kind(pdf, "/ExtGState"))


@rule("11.6.5", "no soft mask in a picture", lambda pdf: plain_picture(pdf, SMask=pdf.make_stream(b"\0", {"/Subtype": Name.Image, "/Width": 1, "/Height": 1, "/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8})), ("x1a",))
def no_picture_mask(pdf, kind):
    return all("/SMask" not in picture and int(picture.get("/SMaskInData", 0)) == 0 for picture in pictures(pdf))


@rule("11.6.4", "opacity is 1 wherever it is named", lambda pdf: set_state(pdf, ca=0.5), ("x1a",))
def opaque(pdf, kind):
    return all(float(state.get("/ca", 1)) == 1 and float(state.get("/CA", 1)) == 1 for state in of_kind(pdf, "/ExtGState"))


@rule("11.3.5", "no blending but Normal", lambda pdf: set_state(pdf, BM=Name.Multiply), ("x1a",))
def unblended(pdf, kind):
    return all(state.get("/BM", Name.Normal) in (Name.Normal, Name.Compatible) for state in of_kind(pdf, "/ExtGState"))


@rule("11.4.7", "no transparency group", lambda pdf: put(pdf.pages[0].obj, "/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)), ("x1a",))
def no_group(pdf, kind):
    return all("/Group" not in stream for stream, _ in drawings(pdf))


@rule("11.3.5", "blend modes are those of the standard", lambda pdf: set_state(pdf, BM=Name.Brighter), ("x4",))
def known_blends(pdf, kind):
    return all(str(state.get("/BM", Name.Normal))[1:] in BLENDS for state in of_kind(pdf, "/ExtGState"))


# ── graphics ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@rule("10.4", "no transfer function", lambda pdf: set_state(pdf, TR=Name.Identity))
def no_transfer(pdf, kind):
    return all("/TR" not in state and state.get("/TR2", Name.Default) == Name.Default for state in of_kind(pdf, "/ExtGState"))


@rule("10.5", "halftones are of type 1 or 5 and bear no name", lambda pdf: set_state(pdf, HT=Dictionary(HalftoneType=6)))
def halftones(pdf, kind):
    for state in of_kind(pdf, "/ExtGState"):
        tone = state.get("/HT", Name.Default)
        if isinstance(tone, (Dictionary, Stream)) and (int(tone.HalftoneType) not in (1, 5) or "/HalftoneName" in tone):
            return False
        if "/HTP" in state:
            return False
    return True


@rule("8.8.2", "no PostScript", lambda pdf: resource(pdf, "/XObject", "/Spoilt", pdf.make_stream(b"", {"/Subtype": Name.PS})))
def no_postscript(pdf, kind):
    return all(entry.get("/Subtype") in (Name.Image, Name.Form) and "/PS" not in entry and entry.get("/Subtype2") != Name.PS for entry in of_kind(pdf, "/XObject"))


@rule("14.11.7", "no OPI", lambda pdf: plain_picture(pdf, OPI=Dictionary()))
def no_opi(pdf, kind):
    return all("/OPI" not in entry for entry in of_kind(pdf, "/XObject"))


def alternate(pdf):
    other = pdf.make_stream(b"\0\0\0\0", {"/Subtype": Name.Image, "/Width": 1, "/Height": 1, "/BitsPerComponent": 8, "/ColorSpace": Name.DeviceCMYK})
    plain_picture(pdf, Alternates=Array([Dictionary(Image=other, DefaultForPrinting=True)]))


@rule("8.9.5.4", "no other picture is printed in place of the one that is seen", alternate)
def no_alternates(pdf, kind):
    return all("/Alternates" not in picture for picture in pictures(pdf))


@rule("8.10.4", "no form refers to another file", lambda pdf: resource(pdf, "/XObject", "/Spoilt", pdf.make_stream(b"", {"/Subtype": Name.Form, "/BBox": Array([0, 0, 1, 1]), "/Ref": Dictionary(F=String("a.pdf"), Page=0)})))
def no_reference(pdf, kind):
    return all("/Ref" not in entry for entry in of_kind(pdf, "/XObject"))


@rule("8.10", "every form has a bounding box", lambda pdf: resource(pdf, "/XObject", "/Spoilt", pdf.make_stream(b"", {"/Subtype": Name.Form})))
def bounded(pdf, kind):
    return all("/BBox" in entry for entry in of_kind(pdf, "/XObject") if entry.get("/Subtype") == Name.Form)


@rule("Annex A", "only operators of the standard", lambda pdf: draw(pdf, "1 2 unknown"))
def known_operators(pdf, kind):
    return all(name in OPERATORS for _, name, _ in operators(pdf))


def without_layers(pdf):
    pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary())


@rule("8.11", "no layers", without_layers, ("x1a",))
def no_layers(pdf, kind):
    return "/OCProperties" not in pdf.Root


# ── fonts ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def stranger(pdf):
    resource(pdf, "/Font", "/Spoilt", Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))


def descendants(pdf):
    for font in of_kind(pdf, "/Font"):
        yield font.DescendantFonts[0] if font.Subtype == Name.Type0 else font


@rule("9.9", "every font is embedded", stranger)
def embedded(pdf, kind):
    programs = ("/FontFile", "/FontFile2", "/FontFile3")
    return all(any(key in font.get("/FontDescriptor", {}) for key in programs) for font in descendants(pdf))


def wide(pdf):
    font = next(iter(of_kind(pdf, "/Font")), None)
    if font is None:
        stranger(pdf)
        font = pdf.pages[0].Resources.Font.Spoilt
        font.Subtype = Name.Type0
        font.DescendantFonts = Array([Dictionary(FontDescriptor=Dictionary(FontFile2=pdf.make_stream(b"x")), W=Array([0, Array([5])]))])
    font.DescendantFonts[0].CIDToGIDMap = Name.Wrong


@rule("9.7.4.2", "an embedded TrueType font says which glyph a number means", wide)
def numbered(pdf, kind):
    return all(font.get("/CIDToGIDMap", Name.Identity) == Name.Identity or isinstance(font.CIDToGIDMap, Stream) for font in descendants(pdf))


# ── the two ways to run ────────────────────────────────────────────────────────────────────────────────────────────────
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
