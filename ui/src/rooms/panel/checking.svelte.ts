// The preflight as the panel room shares it: whether the report is open, the export that waits for it, and the deeds beside a finding.
import { asFault, call } from '../../host';
import { toasts } from '../../toasts.svelte';
import type { Calls, Deed, Fault, PanelNotice } from '../../wire';

type Export = Calls['export_panels'][0];

class Checking {
  open = $state(false);
  /** An export for the printing firm that was asked for while errors are left. */
  waiting: Export | undefined = $state.raw();
  why: Fault | undefined = $state.raw();

  show(): void {
    this.waiting = undefined;
    this.open = true;
  }

  hold(what: Export, why: Fault): void {
    this.waiting = what;
    this.why = why;
    this.open = true;
  }

  close(): void {
    this.open = false;
    this.waiting = undefined;
  }

  fix(panel: string, label: string, deed: Deed): Promise<boolean> {
    return told(call('fix_panel', { panel, label, deed }), `${label}：直しました。取り消すと戻ります`);
  }

  waive(panel: string, mark: string, reason: string): Promise<boolean> {
    return told(call('waive', { panel, mark, reason }), '理由を残して見送りました');
  }

  unwaive(waiver: string): Promise<boolean> {
    return told(call('unwaive', { waiver }), '見送りをやめました');
  }
}
export const checking = new Checking();

/** Says what was done, or why not. */
async function told(deed: Promise<unknown>, words: string): Promise<boolean> {
  try {
    await deed;
    toasts.say(words);
    return true;
  } catch (thrown) {
    const fault = asFault(thrown);
    toasts.fault(fault.message, fault.hint);
    return false;
  }
}

const LEVELS = { error: { mark: 'late', word: '誤り' }, warning: { mark: 'check', word: '注意' }, advice: { mark: 'none', word: '助言' } } as const;

export function levelOf(notice: PanelNotice) {
  // What was let pass no longer calls.
  if (notice.waived) return { mark: 'asked', word: '見送り' } as const;
  return LEVELS[notice.level as keyof typeof LEVELS] ?? LEVELS.advice;
}

/** What only the writer can do has no button of its own: one goes to the place instead. */
export function buttons(notice: PanelNotice) {
  return notice.fixes.filter((f) => typeof f.deed === 'string' || !('shorten' in f.deed));
}
