// The one place that knows about input methods. While kana are being converted, Enter, Esc and the arrows belong to the input method;
// WKWebView sends the confirming Enter after the conversion has ended, with keyCode 229. Every text control goes through `textKeys`.

/** True for a key press that the input method consumes. */
export function composing(e: KeyboardEvent): boolean {
  return e.isComposing || e.keyCode === 229;
}

/** Wraps the key handler of a text control: it hears nothing of a running conversion, and neither does anything around it. */
export function textKeys(hear?: (e: KeyboardEvent) => void): (e: KeyboardEvent) => void {
  return (e) => {
    if (composing(e)) e.stopPropagation();
    else hear?.(e);
  };
}

/** What a text control tells its owner; half-converted kana are told to nobody. `during` hears when a conversion begins and ends. */
export function typed(tell?: (text: string) => void, during?: (on: boolean) => void) {
  const text = (e: Event) => (e.currentTarget as HTMLInputElement | HTMLTextAreaElement).value;
  return {
    oninput: (e: Event) => {
      if (!(e as InputEvent).isComposing) tell?.(text(e));
    },
    oncompositionstart: () => during?.(true),
    oncompositionend: (e: Event) => {
      during?.(false);
      tell?.(text(e));
    },
  };
}
