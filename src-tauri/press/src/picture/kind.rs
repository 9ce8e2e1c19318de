//! What a file is by its first bytes; its name does not count.

pub enum Kind {
    Jpeg,
    Png,
    /// A picture of a kind that is not read, in Japanese words.
    Other(&'static str),
    NoPicture,
}

pub fn of(bytes: &[u8]) -> Kind {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(&[0xff, 0xd8, 0xff]) {
        return Kind::Jpeg;
    }
    if starts(b"\x89PNG\r\n\x1a\n") {
        return Kind::Png;
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return match bytes.get(8..12) {
            Some(b"heic" | b"heix" | b"mif1" | b"hevc" | b"heim") => Kind::Other("iPhoneなどのHEIC画像"),
            Some(b"avif" | b"avis") => Kind::Other("AVIF画像"),
            _ => Kind::Other("動画"),
        };
    }
    if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Kind::Other("WebP画像");
    }
    let rest: [(&[u8], &'static str); 9] = [
        (b"GIF8", "GIF画像"),
        (b"BM", "BMP画像"),
        (b"II*\0", "TIFF画像(またはRAW画像)"),
        (b"MM\0*", "TIFF画像(またはRAW画像)"),
        (b"8BPS", "Photoshopのファイル"),
        (b"%PDF", "PDF"),
        (b"%!PS", "EPS"),
        (b"PK\x03\x04", "zipファイル(またはOfficeの書類)"),
        (b"\0\0\0\x0cjP  ", "JPEG 2000画像"),
    ];
    rest.iter().find(|(magic, _)| starts(magic)).map_or(Kind::NoPicture, |(_, what)| Kind::Other(what))
}
