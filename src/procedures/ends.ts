// The fact by which a step says that it ends the records it is about: what verifiers read without knowing what a degree is (R16.2).
import { RECORD_STATES } from '../regulation/vocabulary.ts';
import type { JsonObject } from './statement.ts';

/** The states in which a record is over for good. */
export type EndState = 'deleted' | 'revoked' | 'declared-invalid';

/** The fact `ends` of a step: which kind of subjects ends, in which state, since which civil date. */
export function endFact(state: EndState, since: string): JsonObject {
  const { zh, en } = RECORD_STATES[state];
  return { kind: 'record', state, zh, en, since };
}
