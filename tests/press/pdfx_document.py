"""Rules of PDF/X about the file as a whole: its header, what it says of itself, its output intent and its pages."""
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from pdfx_file import FILTERS, FILTERS_X4, delete, forget, inside, intents, metadata, numbers, plain_picture, put, resource, rule


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


@rule("14.3.2", "metadata and Info have the same title", lambda pdf: put(pdf.docinfo, "/Title", String("another")), ("x4",))
def same_title(pdf, kind):
    return str(pdf.docinfo.get("/Title", "")) == metadata(pdf, "dc:title")


def with_metadata(pdf):
    empty = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
    pdf.Root.Metadata = pdf.make_stream(empty, {"/Type": Name.Metadata, "/Subtype": Name.XML})


@rule("14.3.2", "no metadata, which PDF 1.3 does not know", with_metadata, ("x1a",))
def no_metadata(pdf, kind):
    return "/Metadata" not in pdf.Root


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


@rule("12.2", "what is printed is the media or the bleed box", lambda pdf: put(pdf.Root, "/ViewerPreferences", Dictionary(PrintArea=Name.TrimBox)))
def printed_area(pdf, kind):
    wanted = (Name.MediaBox, Name.BleedBox)
    return all(pdf.Root.get("/ViewerPreferences", {}).get(key, Name.MediaBox) in wanted for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"))
