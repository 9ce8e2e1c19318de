// Times and sizes of files as a coordinator reads them.
import { wareki } from './wareki';

export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  const step = Math.min(3, Math.floor(Math.log10(size) / 3));
  const value = size / 1000 ** step;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${['B', 'KB', 'MB', 'GB'][step]}`;
}

/** 令和7年11月9日(日) 12:04 of an ISO time, by this laptop's clock. */
export function moment(at: string | null | undefined): string {
  if (!at) return '';
  const zoned = /Z$|[+-]\d\d:?\d\d$/.test(at);
  const time = zoned ? new Date(at) : new Date(at.replace(' ', 'T'));
  if (Number.isNaN(time.getTime())) return at;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${wareki(`${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`)} ${time.getHours()}:${two(time.getMinutes())}`;
}
