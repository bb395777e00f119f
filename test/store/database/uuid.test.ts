// Keys: their form, their order, and that neither a standing nor a jumping clock breaks it.
import { describe, expect, test } from 'vitest';
import { timeOfUuid, uuidv7, uuidv7After } from '../../../src/store/database/uuid.ts';

describe('uuidv7', () => {
  test('has the form of RFC 9562 and the time of its making', () => {
    const before = Date.now();
    const uuid = uuidv7();
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(timeOfUuid(uuid)).toBeGreaterThanOrEqual(before);
  });

  test('grows within one millisecond, past the counter’s end, and when the clock goes back', () => {
    const now = Date.now() + 10_000;
    const times = [...Array<number>(10_000).fill(now), now - 5000, now - 9000, 0, now, now + 1, now + 60_000];
    const made = times.map((time) => uuidv7(time));
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort()).toEqual(made);
    expect(timeOfUuid(made.at(-1) ?? '')).toBe(now + 60_000);
  });

  test('is greater than one that a server with a faster clock made', () => {
    const ahead = Math.max(Date.now(), timeOfUuid(uuidv7())) + 50_000;
    const clock = ahead.toString(16).padStart(12, '0');
    const last = `${clock.slice(0, 8)}-${clock.slice(8)}-7fff-bfff-ffffffffffff`;
    expect(uuidv7() > last).toBe(false);
    expect(uuidv7After(last) > last).toBe(true);
  });

  test('a time that is none is refused', () => {
    for (const time of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 48])
      expect(() => uuidv7(time)).toThrow(RangeError);
  });
});
