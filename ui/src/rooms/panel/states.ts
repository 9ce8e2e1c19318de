// The way of a panel from asking to 校了.
export const STATUS = [
  { name: 'none', label: '未依頼' }, { name: 'asked', label: '依頼中' }, { name: 'received', label: '受領' }, { name: 'proofing', label: '校正中' }, { name: 'approved', label: '校了' },
];
export const wordOf = (status: string) => STATUS.find((s) => s.name === status)?.label ?? status;
