"""Rules of PDF/X about what is drawn: colour, transparency, graphics and fonts."""
from pikepdf import Array, Dictionary, Name, Stream, String

from pdfx_file import BLENDS, OPERATORS, draw, drawings, families, of_kind, operators, pictures, plain_picture, profiles, put, resource, rule, set_state, spaces


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
