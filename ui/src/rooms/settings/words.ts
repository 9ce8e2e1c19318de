// Words of the settings: sizes, times of files, reasons of backups, what a merge brought.
import type { Merged } from '../../wire';

export { bytes, moment } from '../../parts/moment';

const REASONS: Record<string, string> = {
  asked: '自分で作成', manual: '自分で作成', merge: '突き合わせの前', import: '取り込みの前', migration: '更新の前', restore: '書き戻しの前', daily: '毎日の控え', start: '起動時の控え',
};
export const reasonWords = (reason: string): string => REASONS[reason] ?? reason;

/** What a bundle brought, line by line; nothing is left unsaid. */
export function mergeReport(merged: Merged): { label: string; words: string; loud: boolean }[] {
  const figures = new Intl.NumberFormat('ja-JP');
  if (merged.already) return [{ label: '結果', words: 'このファイルは取り込み済みです。何も変わっていません。', loud: false }];
  return [
    { label: '編集の記録', words: `${figures.format(merged.chunks)}件を加えました`, loud: false },
    { label: '来場者の記録', words: `${figures.format(merged.tallies)}件を加えました（同じ記録は二重に数えません）`, loud: false },
    { label: '写真', words: `${figures.format(merged.photos)}枚を加えました`, loud: false },
    ...(merged.conflicts > 0 ? [{ label: '要確認', words: `${figures.format(merged.conflicts)}か所で値が食い違っています。「要確認」で選んでください`, loud: true }] : []),
    ...(merged.quarantined > 0 ? [{ label: '保留', words: `同じ番号で内容の違う来場者の記録が${figures.format(merged.quarantined)}件あり、合計に入れずに残しました`, loud: true }] : []),
  ];
}
