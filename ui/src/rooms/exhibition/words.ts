// The words of an exhibition's states and contents, as the office writes them.
export const STATUS = [
  { name: 'plan', label: '案' }, { name: 'held', label: '会場確保' }, { name: 'fixed', label: '決定' }, { name: 'open', label: '開催中' }, { name: 'closed', label: '終了' },
];
export const TOUR_STATUS = [
  { name: 'plan', label: '案' }, { name: 'fixed', label: '決定' }, { name: 'sent', label: '発送済み' }, { name: 'open', label: '開催中' }, { name: 'returned', label: '返却済み' },
];
export const PANEL_STATUS = [
  { name: 'none', label: '未依頼' }, { name: 'asked', label: '依頼中' }, { name: 'received', label: '受領' }, { name: 'proofing', label: '校正中' }, { name: 'approved', label: '校了' },
];
export const CONTENTS = ['パネル', 'タペストリー', 'PR映像', 'パンフレット', '立体展示', 'セレモニー'];
export const wordOf = (list: { name: string; label: string }[], name: string) => list.find((l) => l.name === name)?.label ?? name;
