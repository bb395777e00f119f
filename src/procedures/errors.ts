// The only four answers, besides success, that a procedure gives. Anything else that is thrown is a mistake of ours.
import type { Violation } from '../regulation/violations.ts';

/** Rules are broken: all of them at once; nothing was changed. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly violations: readonly Violation[];
  constructor(violations: readonly Violation[]) {
    super(violations.map((broken) => broken.code).join(', '));
    this.violations = violations;
  }
}

/** The officer may not do this: another office, institution or category, or a duty they do not hold (R4.2). */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
  readonly violations: readonly Violation[];
  constructor(violations: readonly Violation[]) {
    super(violations.map((broken) => broken.code).join(', '));
    this.violations = violations;
  }
}

/** There is no such thing in the institution, as far as this officer may know. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
  readonly kind: string;
  readonly id: string;
  constructor(kind: string, id: string) {
    super(`${kind} not found`);
    this.kind = kind;
    this.id = id;
  }
}

/** Somebody else was faster: the thing has another version than the one the officer saw. */
export class Stale extends Error {
  override readonly name = 'Stale';
  readonly kind: string;
  readonly id: string;
  readonly found: number;
  readonly expected: number;
  constructor(kind: string, id: string, found: number, expected: number) {
    super(`${kind} has version ${found}, not ${expected}`);
    this.kind = kind;
    this.id = id;
    this.found = found;
    this.expected = expected;
  }
}
