"""What the rules of PDF/X look at in a file, and how a rule is written: what it says, whether it holds, how it is broken."""
import pikepdf
from pikepdf import Array, Dictionary, Name

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
