// The account of the year's mistakes: what was planted, what was found, and what should not have been refused.

/** A kind of mistake as the account shows it. `code` is the violation (or error) that must answer it. */
export interface Kind {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly code: string;
}

/** A line of the account. */
export interface Line extends Kind {
  readonly planted: number;
  readonly found: number;
}

/** The account. */
export interface Ledger {
  plant(kind: Kind, count?: number): void;
  find(id: string): void;
  /** A planted mistake that got through, with what happened instead. */
  miss(id: string, instead: string): void;
  /** Something good was refused. */
  wrong(what: string): void;
  readonly lines: () => readonly Line[];
  readonly missed: readonly string[];
  readonly wronglyRefused: readonly string[];
}

/** Opens an account. */
export function openLedger(): Ledger {
  const lines = new Map<string, { kind: Kind; planted: number; found: number }>();
  const missed: string[] = [];
  const wronglyRefused: string[] = [];
  return {
    plant(kind, count = 1) {
      const line = lines.get(kind.id);
      if (line) line.planted += count;
      else lines.set(kind.id, { kind, planted: count, found: 0 });
    },
    find(id) {
      const line = lines.get(id);
      if (line) line.found++;
    },
    miss: (id, instead) => void missed.push(`${id}: ${instead}`),
    wrong: (what) => void wronglyRefused.push(what),
    lines: () => [...lines.values()].map(({ kind, planted, found }) => ({ ...kind, planted, found })),
    missed,
    wronglyRefused,
  };
}
