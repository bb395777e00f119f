// Subjects kept as bytes against the objects that they stand for.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordSubjects } from '../../src/procedures/record-subjects.ts';

const record = fc.record({
  id: fc.uuid(),
  version: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  digest: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
});

it('come back as they were added, more than once', () => {
  fc.assert(
    fc.property(fc.array(record), (records) => {
      const subjects = recordSubjects();
      for (const each of records) subjects.add(each);
      const expected = records.map((each) => ({ kind: 'record', ...each }));
      expect(subjects.length).toBe(records.length);
      expect([...subjects]).toEqual(expected);
      expect([...subjects]).toEqual(expected);
    }),
  );
});

it('come back in order also when there are many', () => {
  const subjects = recordSubjects();
  const digest = 'a'.repeat(64);
  const idOf = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
  for (let n = 0; n < 10_000; n++) subjects.add({ id: idOf(n), version: 1, digest });
  let n = 0;
  for (const subject of subjects) if (subject.id !== idOf(n++)) throw new Error(`${subject.id} is out of order`);
  expect(n).toBe(10_000);
});

it('are nothing but ids and digests', () => {
  const digest = 'a'.repeat(64);
  const id = '00000000-0000-7000-8000-000000000001';
  expect(() => recordSubjects().add({ id: 'one', version: 1, digest })).toThrow(RangeError);
  expect(() => recordSubjects().add({ id, version: 1, digest: digest.slice(2) })).toThrow(RangeError);
});
