// How figures are shown: each beside the limit that was measured in the same run, as a ratio.

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The physical limit or the peer, measured in the same run. */
  readonly limit?: { readonly what: string; readonly value: number } | undefined;
  readonly note?: string | undefined;
}

/** A line per figure: what, value, the limit beside it and their ratio. */
export function show(figure: Figure): string {
  const { what, value, unit, limit, note } = figure;
  const beside = limit
    ? `  | ${limit.what} ${round(limit.value)} ${unit}  | ratio ${(value / limit.value).toFixed(2)}`
    : '';
  return `${what.padEnd(52)} ${round(value).padStart(9)} ${unit}${beside}${note ? `  (${note})` : ''}`;
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value >= 10 ? 1 : 2);
}

/** Seconds that a piece of work takes. */
export async function seconds(work: () => Promise<unknown> | unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Bytes as megabytes (10⁶). */
export function megabytes(bytes: number): number {
  return bytes / 1e6;
}
