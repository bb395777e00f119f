// Article 12, 21: every text that a caller can write is known as one, with the kind by which it is judged.
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { NO_PROSE, PROSE, stringInputs } from '../support/prose-inputs.ts';

const inputs = stringInputs(schema);
const others = inputs.filter((path) => !Object.hasOwn(PROSE, path));

describe('Article 21: the texts that callers write', () => {
  it('are all known: an input is prose of some kind, or it is said what else it is', () => {
    expect(inputs.length).toBeGreaterThan(200);
    expect(others.filter((path) => !NO_PROSE.some(([end]) => end.test(path)))).toEqual([]);
  });

  it('are there, and nothing is put down that is not', () => {
    expect(Object.keys(PROSE).filter((path) => !inputs.includes(path))).toEqual([]);
    expect(NO_PROSE.filter(([end]) => !others.some((path) => end.test(path)))).toEqual([]);
    expect(Object.keys(PROSE).filter((path) => NO_PROSE.some(([end]) => end.test(path)))).toEqual([]);
  });
});
