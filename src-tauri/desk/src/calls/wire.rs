//! Writes `ui/src/wire.ts`: the types of every ask and answer, so that the window cannot call wrongly.
use super::each_call;
use super::wire_types::*;
use crate::fault::Fault;
use crate::model::announcement::Announcement;
use crate::model::date::Reading;
use crate::model::record::{Kind, RecordTypes};
use std::collections::BTreeMap;
use std::fmt::Write;
use ts_rs::{Config, TS, TypeVisitor};

/// The whole text of `wire.ts`.
pub fn typescript() -> String {
    let mut gathered = Gathered { cfg: Config::new().with_large_int("number"), types: BTreeMap::new() };
    let mut calls = String::new();
    macro_rules! lines {
        ($($name:ident: $ask:ident => $answer:ident,)*) => {$(
            gathered.take::<$ask>();
            gathered.take::<$answer>();
            writeln!(calls, "  {}: [{}, {}];", stringify!($name), <$ask>::name(&gathered.cfg), <$answer>::name(&gathered.cfg)).expect("a string takes it");
        )*};
    }
    each_call!(lines);
    gathered.take::<RecordTypes>();
    gathered.take::<Changed>();
    gathered.take::<Fault>();

    let mut out = String::from("// What goes between the window and the office. Made from the call list in src-tauri/desk/src/calls; do not edit.\n\n");
    out.push_str("/** Every call by name: what is asked, what is answered. */\nexport interface Calls {\n");
    out.push_str(&calls);
    out.push_str("}\n\n");
    out.push_str("/** Every kind of record with its Japanese name. */\nexport const KIND_LABEL: Record<Kind, string> = {\n");
    for kind in Kind::ALL {
        writeln!(out, "  {}: \"{}\",", kind.table(), kind.label()).expect("a string takes it");
    }
    out.push_str("};\n");
    for text in gathered.types.values() {
        out.push('\n');
        out.push_str(text);
    }
    out
}

/// Types met on the way, by name.
struct Gathered {
    cfg: Config,
    types: BTreeMap<String, String>,
}

impl Gathered {
    fn take<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() {
            return;
        }
        let name = T::ident(&self.cfg);
        if self.types.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let text = format!("{docs}export {}\n", one_field_a_line(&T::decl(&self.cfg)));
        self.types.insert(name, text);
        T::visit_dependencies(self);
    }
}

impl TypeVisitor for Gathered {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.take::<T>();
    }
}

/// `type A = { x: string, y: number, };` with every field on its own line.
fn one_field_a_line(decl: &str) -> String {
    let Some((head, rest)) = decl.split_once("= { ") else { return decl.trim().to_owned() };
    let Some(inner) = rest.trim_end().strip_suffix("};") else { return decl.trim().to_owned() };
    let mut out = format!("{head}= {{\n");
    let (mut depth, mut line, mut comment) = (0i32, String::new(), false);
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'*') => comment = true,
            '/' if comment && line.ends_with('*') => comment = false,
            '{' | '<' | '[' | '(' if !comment => depth += 1,
            '}' | '>' | ']' | ')' if !comment => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 && !comment {
            push_field(&mut out, &line);
            line.clear();
        } else {
            line.push(c);
        }
    }
    push_field(&mut out, &line);
    out.push_str("};");
    out
}

fn push_field(out: &mut String, line: &str) {
    for part in line.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (star, end) = (part.starts_with('*'), part.starts_with("/*") || part.starts_with('*'));
        out.push_str(if star { "   " } else { "  " });
        out.push_str(part);
        out.push_str(if end { "\n" } else { ";\n" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::FaultKind;

    /// Fails when `wire.ts` is stale; TENJICHO_ACCEPT=1 writes it anew.
    #[test]
    fn wire_ts_is_current() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/wire.ts");
        let now = typescript();
        if std::env::var_os("TENJICHO_ACCEPT").is_some() {
            std::fs::create_dir_all(path.parent().expect("ui/src")).expect("folder of the interface");
            std::fs::write(&path, &now).expect("wire.ts is writable");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept.replace("\r\n", "\n") == now, "ui/src/wire.ts is stale: run the tests once with TENJICHO_ACCEPT=1");
    }

    #[test]
    fn every_fault_kind_is_on_the_wire() {
        let text = typescript();
        let kind = serde_json::to_string(&FaultKind::BadField).expect("plain");
        assert!(text.contains(kind.trim_matches('"')));
    }
}
