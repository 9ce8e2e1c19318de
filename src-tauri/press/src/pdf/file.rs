//! The document as bytes: objects in order, pictures written from where they lie, the ID made of all that was written.
//!
//! lopdf's own writer would need a copy of every picture and an ID before the content is known.
use super::finish::Outside;
use super::{fault, xmp, PdfFault, PdfFaultKind, PdfOptions};
use lopdf::{Dictionary, Document, Object, StringFormat};
use std::cell::RefCell;
use std::io::Write;

/// Bytes written, and the ID.
pub fn write(document: &Document, outside: &Outside, out: &mut dyn Write, options: &PdfOptions) -> Result<(u64, [u8; 16]), PdfFault> {
    save(document, outside, out, options).map_err(|why| {
        fault(PdfFaultKind::Write, format!("PDFを書き込めませんでした({why})。"), "保存先の空き容量と、書き込みできるフォルダーかどうかを確かめてください。")
    })
}

/// Small pieces are gathered before they are hashed and written; a picture goes by untouched and is told by its checksum.
const GATHER: usize = 64 * 1024;

struct Target<'w> {
    out: &'w mut dyn Write,
    gathered: Vec<u8>,
    hash: blake3::Hasher,
    at: u64,
    /// Object number and where it begins.
    places: Vec<(u32, u64)>,
}

impl Target<'_> {
    fn put(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.at += bytes.len() as u64;
        if self.gathered.len() + bytes.len() > GATHER {
            self.pass_on()?;
        }
        if bytes.len() < GATHER {
            self.gathered.extend_from_slice(bytes);
            return Ok(());
        }
        // The ID names the file and proves nothing: hashing photos took longer than setting the type around them.
        self.hash.update(&zlib_rs::crc32::crc32(0, bytes).to_le_bytes());
        self.hash.update(&(bytes.len() as u64).to_le_bytes());
        self.out.write_all(bytes)
    }
    fn pass_on(&mut self) -> std::io::Result<()> {
        self.hash.update(&self.gathered);
        self.out.write_all(&self.gathered)?;
        self.gathered.clear();
        Ok(())
    }
    fn object(&mut self, number: u32, text: &[u8]) -> std::io::Result<()> {
        self.places.push((number, self.at));
        self.put(format!("{number} 0 obj\n").as_bytes())?;
        self.put(text)?;
        self.put(b"\nendobj\n")
    }
    fn stream(&mut self, number: u32, dict: &Dictionary, content: &[u8]) -> std::io::Result<()> {
        let mut dict = dict.clone();
        dict.set("Length", content.len() as i64);
        self.places.push((number, self.at));
        let mut head = format!("{number} 0 obj\n").into_bytes();
        dictionary(&dict, &mut head);
        head.extend_from_slice(b"\nstream\n");
        self.put(&head)?;
        self.put(content)?;
        self.put(b"\nendstream\nendobj\n")
    }
    /// Made of everything that was put so far.
    fn id(&mut self) -> std::io::Result<[u8; 16]> {
        self.pass_on()?;
        let mut id = [0; 16];
        id.copy_from_slice(&self.hash.finalize().as_bytes()[..16]);
        Ok(id)
    }
}

fn save(document: &Document, outside: &Outside, out: &mut dyn Write, options: &PdfOptions) -> std::io::Result<(u64, [u8; 16])> {
    let mut target = Target { out, gathered: Vec::with_capacity(GATHER), hash: blake3::Hasher::new(), at: 0, places: Vec::new() };
    // Four bytes above 127 tell transport programs that the file is binary.
    target.put(format!("%PDF-{}\n", document.version).as_bytes())?;
    target.put(b"%\xe2\xe3\xcf\xd3\n")?;
    let mut numbers: Vec<u32> = document.objects.keys().map(|id| id.0).chain(outside.streams.keys().copied()).collect();
    numbers.sort_unstable();
    for number in numbers {
        if let Some((dict, content)) = outside.streams.get(&number) {
            if dict.has(b"Filter") {
                target.stream(number, dict, content)?;
            } else {
                squeeze(&mut target, number, dict, content)?;
            }
        } else if let Some(object) = document.objects.get(&(number, 0)) {
            match object {
                Object::Stream(stream) if !stream.dict.has(b"Filter") => squeeze(&mut target, number, &stream.dict, &stream.content)?,
                Object::Stream(stream) => target.stream(number, &stream.dict, &stream.content)?,
                plain => {
                    let mut text = Vec::new();
                    value(plain, &mut text);
                    target.object(number, &text)?;
                }
            }
        }
    }
    if let Some(number) = outside.xmp {
        let mut metadata = Dictionary::new();
        metadata.set("Type", Object::Name(b"Metadata".to_vec()));
        metadata.set("Subtype", Object::Name(b"XML".to_vec()));
        let packet = xmp::packet(options, &target.id()?);
        // Plain, so that programs that know no PDF can find it.
        target.stream(number, &metadata, packet.as_bytes())?;
    }
    let id = target.id()?;
    tail(&mut target, document, &id)?;
    target.pass_on()?;
    target.out.flush()?;
    Ok((target.at, id))
}

/// Cross-reference table and trailer.
fn tail(target: &mut Target, document: &Document, id: &[u8; 16]) -> std::io::Result<()> {
    let start = target.at;
    let size = target.places.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
    let mut rows = vec![None; size as usize];
    target.places.iter().for_each(|(number, at)| rows[*number as usize] = Some(*at));
    // Unused numbers make a chain of free entries that begins at 0 and ends there.
    let free: Vec<usize> = (1..rows.len()).filter(|i| rows[*i].is_none()).collect();
    let after = |i: usize| free.iter().copied().find(|next| *next > i).unwrap_or(0);
    let mut table = format!("xref\n0 {size}\n{:010} 65535 f \n", after(0));
    for (i, row) in rows.iter().enumerate().skip(1) {
        match row {
            Some(at) => table.push_str(&format!("{at:010} 00000 n \n")),
            None => table.push_str(&format!("{:010} 00001 f \n", after(i))),
        }
    }
    let mut trailer = Dictionary::new();
    trailer.set("Size", i64::from(size));
    for key in [&b"Root"[..], b"Info"] {
        if let Ok(entry) = document.trailer.get(key) {
            trailer.set(key, entry.clone());
        }
    }
    let id = Object::String(id.to_vec(), StringFormat::Hexadecimal);
    trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let mut text = table.into_bytes();
    text.extend_from_slice(b"trailer\n");
    dictionary(&trailer, &mut text);
    text.extend_from_slice(format!("\nstartxref\n{start}\n%%EOF\n").as_bytes());
    target.put(&text)
}

fn squeeze(target: &mut Target, number: u32, dict: &Dictionary, content: &[u8]) -> std::io::Result<()> {
    let small = deflate(content);
    if small.is_empty() || small.len() + 20 >= content.len() {
        return target.stream(number, dict, content);
    }
    let mut dict = dict.clone();
    dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    target.stream(number, &dict, &small)
}

/// Level 6 of zlib-rs takes two thirds of the time of miniz_oxide's level 5 and packs a little better: fonts are much of the work.
pub fn deflate(content: &[u8]) -> Vec<u8> {
    use zlib_rs::{Deflate, DeflateFlush, Status};
    thread_local! {
        /// Its tables are larger than what most streams hold, so they are made once.
        static PACKER: RefCell<Deflate> = RefCell::new(Deflate::new(6, true, 15));
    }
    let mut packed = vec![0; zlib_rs::compress_bound(content.len())];
    let length = PACKER.with_borrow_mut(|packer| {
        packer.reset();
        // With a buffer of the bound it cannot fail; an empty stream would be left plain by `squeeze`.
        let done = packer.compress(content, &mut packed, DeflateFlush::Finish);
        if matches!(done, Ok(Status::StreamEnd)) { packer.total_out() as usize } else { 0 }
    });
    packed.truncate(length);
    packed
}

fn value(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(flag) => out.extend_from_slice(if *flag { b"true" } else { b"false" }),
        Object::Integer(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Object::Real(number) => out.extend_from_slice(real(*number).as_bytes()),
        Object::Name(text) => name(text, out),
        Object::String(text, format) => string(text, *format == StringFormat::Hexadecimal, out),
        Object::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b' ');
                }
                value(item, out);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => dictionary(dict, out),
        Object::Reference((number, generation)) => out.extend_from_slice(format!("{number} {generation} R").as_bytes()),
        // A stream is never a direct object (ISO 32000-1, 7.3.8.1).
        Object::Stream(_) => out.extend_from_slice(b"null"),
    }
}

fn dictionary(dict: &Dictionary, out: &mut Vec<u8>) {
    out.extend_from_slice(b"<<");
    for (key, entry) in dict.iter() {
        name(key, out);
        out.push(b' ');
        value(entry, out);
    }
    out.extend_from_slice(b">>");
}

/// Never with an exponent, which PDF does not know.
fn real(number: f32) -> String {
    if number.is_finite() { format!("{number}") } else { "0".into() }
}

fn name(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in text {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

fn string(text: &[u8], hexadecimal: bool, out: &mut Vec<u8>) {
    if hexadecimal {
        out.push(b'<');
        text.iter().for_each(|byte| out.extend_from_slice(format!("{byte:02X}").as_bytes()));
        out.push(b'>');
        return;
    }
    out.push(b'(');
    for byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            byte => out.push(*byte),
        }
    }
    out.push(b')');
}
