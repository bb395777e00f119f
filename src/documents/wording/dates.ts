// Dates as official documents print them.

/** 2026-03-05 → 2026年3月5日: Arabic figures without leading zeros (GB/T 9704-2012, 7.3.5). Anything else is printed as it is. */
export function chineseDate(date: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (parts === null) return date;
  return `${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日`;
}

/** Days from one date to another; undefined when one of them is no date. */
export function daysAfter(from: string, to: string): number | undefined {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return Number.isInteger(days) ? days : undefined;
}
