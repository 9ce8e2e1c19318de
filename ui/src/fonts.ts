// The window is set in the press's own faces, so that there is one copy of each.
import { address } from './host';

const faces: [string, string, string][] = [
  ['BIZ UDPGothic', '400', 'BIZUDPGothic_400Regular.ttf'],
  ['BIZ UDPGothic', '700', 'BIZUDPGothic_700Bold.ttf'],
];

export function loadFonts(): void {
  for (const [family, weight, file] of faces) {
    const face = new FontFace(family, `url("${address(`/font/${file}`)}")`, { weight, display: 'swap' });
    document.fonts.add(face);
    // A missing face falls back to the system's gothic; 設定 says that fonts are missing.
    face.load().catch(() => {});
  }
}

const loaded = new Set<string>();
/** The family of one of the press's faces by the name of its file; it is fetched when it is first written in. */
export function pageFace(file: string): string {
  const family = `press-${file.replace(/\W/g, '')}`;
  if (!loaded.has(file)) {
    loaded.add(file);
    const face = new FontFace(family, `url("${address(`/font/${file}`)}")`);
    document.fonts.add(face);
    face.load().catch(() => {});
  }
  return `"${family}", var(--face)`;
}
