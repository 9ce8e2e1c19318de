// Words made alike for finding: width, case and kana. ｷﾞ, ギ and ぎ meet; 銚子 is found by チョウシ where its reading stands beside it.

/** The same folding as the office's search, so that a list and the palette find the same. */
export function reading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/** Whether every word typed stands in one of the texts. */
export function holds(typed: string, ...texts: (string | null | undefined)[]): boolean {
  const all = reading(texts.filter(Boolean).join('\n'));
  return reading(typed).split(/\s+/).every((word) => all.includes(word));
}
