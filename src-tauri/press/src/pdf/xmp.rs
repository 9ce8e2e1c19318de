//! The metadata stream: the same facts as the Info dictionary, and PDF/X only where it is kept.
use super::{date, PdfOptions};
use std::fmt::Write;

pub const CREATOR: &str = "展示帖";
pub const PRODUCER: &str = "Tenjicho / printpdf 0.12.8";

/// XMP packet. `document` names the file by its content.
pub fn packet(options: &PdfOptions, document: &[u8; 16]) -> String {
    let moment = date::xmp(options.date);
    let mut out = String::from(concat!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n",
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n",
        "<rdf:Description rdf:about=\"\"\n",
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n",
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n",
        " xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n",
    ));
    let mut put = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    put("<dc:format>application/pdf</dc:format>");
    put(&format!("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>", escape(&options.title)));
    if !options.author.is_empty() {
        put(&format!("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>", escape(&options.author)));
    }
    put(&format!("<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>", escape(&options.lang)));
    put(&format!("<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>"));
    for stamp in ["CreateDate", "ModifyDate", "MetadataDate"] {
        put(&format!("<xmp:{stamp}>{moment}</xmp:{stamp}>"));
    }
    put(&format!("<pdf:Producer>{PRODUCER}</pdf:Producer>"));
    put(&format!("<xmpMM:DocumentID>uuid:{}</xmpMM:DocumentID>", uuid(document)));
    put(&format!("<xmpMM:InstanceID>uuid:{}</xmpMM:InstanceID>", uuid(document)));
    put("<xmpMM:VersionID>1</xmpMM:VersionID>");
    put("<xmpMM:RenditionClass>default</xmpMM:RenditionClass>");
    if let Some((version, _)) = options.mode.pdfx() {
        put("<pdf:Trapped>False</pdf:Trapped>");
        put(&format!("<pdfxid:GTS_PDFXVersion>{version}</pdfxid:GTS_PDFXVersion>"));
    }
    put("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>");
    out.push_str("<?xpacket end=\"r\"?>");
    out
}

fn uuid(bytes: &[u8; 16]) -> String {
    let mut out = String::new();
    for (i, byte) in bytes.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// Characters that XML 1.0 cannot hold at all are left out, the five special ones are written as entities.
fn escape(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(allowed).fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c => out.push(c),
        }
        out
    })
}
