// Words of events: kinds, states and what stands under their names.
export const KINDS = [
  { name: 'attraction', label: '魅力発信イベント' },
  { name: 'marche', label: 'マルシェ' },
  { name: 'networking', label: '交流イベント' },
  { name: 'other', label: 'その他' },
];
export const STATES = [
  { name: 'plan', label: '案' },
  { name: 'held', label: '仮押さえ' },
  { name: 'fixed', label: '確定' },
  { name: 'open', label: '開催中' },
  { name: 'closed', label: '終了' },
];
export const MODES = [
  { name: 'venue', label: '会場' },
  { name: 'online', label: 'オンライン' },
  { name: 'both', label: '会場とオンライン' },
];
export const ROLES = ['基調講演', '講師', '事例紹介', 'パネリスト', 'コーディネーター', '司会', '閉会挨拶'];
export const labelOf = (list: readonly { name: string; label: string }[], name: string): string => list.find((c) => c.name === name)?.label ?? '';
