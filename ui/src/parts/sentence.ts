// Words of a fault as running text: each part ends as a sentence, whether it was written so or not.
export function sentence(...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).map((part) => `${part!.replace(/。$/, '')}。`).join('');
}
