// How much of large bodies is in memory at once: a bound by bytes, a queue that ends, nobody who waits behind twenty of another.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBodyRoom, type Release, type RoomLimits } from '../../src/http/body-room.ts';

const LIMITS: RoomLimits = { bytes: 100, bodies: 4, waiting: 8, waitMs: 60_000 };
const never = new AbortController().signal;

/** A room and who was let in so far, by name. */
function watched(limits: Partial<RoomLimits> = {}) {
  const room = makeBodyRoom({ ...LIMITS, ...limits });
  const inside = new Map<string, Release>();
  const refused: string[] = [];
  let count = 0;
  const enter = (name: string, bytes: number, owner = name, gone = new AbortController().signal) =>
    room.enter(bytes, owner, gone).then((release) => {
      if (release === null) refused.push(name);
      else {
        count++;
        inside.set(name, release);
      }
    });
  const leave = async (name: string) => {
    inside.get(name)?.();
    inside.delete(name);
    await settled();
  };
  return { enter, leave, refused, names: () => [...inside.keys()], letIn: () => count };
}
const settled = () => new Promise((done) => setImmediate(done));

describe('A room for bodies', () => {
  it('holds so many bytes, and lets the next in when one has gone', async () => {
    const { enter, leave, names } = watched();
    for (const name of ['a', 'b', 'c', 'd']) void enter(name, 40);
    await settled();
    expect(names()).toEqual(['a', 'b']);
    await leave('a');
    expect(names()).toEqual(['b', 'c']);
  });

  it('holds one that is larger than the room by itself, and nobody smaller goes before it for ever', async () => {
    const { enter, leave, names } = watched();
    for (const [name, bytes] of Object.entries({ a: 40, huge: 500, b: 10 })) void enter(name, bytes);
    await settled();
    expect(names()).toEqual(['a']);
    await leave('a');
    expect(names()).toEqual(['huge']);
    await leave('huge');
    expect(names()).toEqual(['b']);
  });

  it('takes who holds least next: one upload of another goes before the rest of twenty', async () => {
    const { enter, leave, names } = watched({ waiting: 64 });
    for (let at = 0; at < 20; at++) void enter(`many ${at}`, 50, 'many');
    await settled();
    void enter('single', 50, 'single');
    await settled();
    expect(names()).toEqual(['many 0', 'many 1']);
    await leave('many 0');
    expect(names()).toEqual(['many 1', 'single']);
  });

  it('refuses when the queue is full; half of it is for others than the one who fills it', async () => {
    const { enter, names, refused } = watched({ bodies: 1 });
    for (let at = 0; at < 9; at++) void enter(`many ${at}`, 1, 'many');
    await settled();
    expect(names()).toEqual(['many 0']);
    expect(refused).toEqual(['many 5', 'many 6', 'many 7', 'many 8']);
    for (const name of ['a', 'b', 'c', 'd', 'e']) void enter(name, 1);
    await settled();
    expect(refused.slice(4)).toEqual(['e']);
  });

  it('lets nobody wait who has gone or has waited long enough, and those behind them move up', async () => {
    const { enter, leave, names, refused } = watched({ waitMs: 1 });
    const gone = new AbortController();
    void enter('a', 60);
    const waits = enter('huge', 100, 'huge', gone.signal);
    gone.abort();
    await waits;
    expect(refused).toEqual(['huge']);
    void enter('b', 40);
    await settled();
    expect(names()).toEqual(['a', 'b']);
    await enter('late', 100);
    expect(refused).toEqual(['huge', 'late']);
    await enter('gone before', 1, 'x', gone.signal);
    expect(refused).toEqual(['huge', 'late', 'gone before']);
    await leave('a');
    await leave('b');
    await enter('c', 100);
    expect(names()).toEqual(['c']);
  });

  it('gives a place back once, however often it is said', async () => {
    const room = makeBodyRoom({ ...LIMITS, bodies: 1 });
    const first = await room.enter(1, 'a', never);
    first?.();
    const second = await room.enter(1, 'b', never);
    first?.();
    let third: Release | null | undefined;
    void room.enter(1, 'c', never).then((release) => {
      third = release;
    });
    await settled();
    expect(third).toBeUndefined();
    second?.();
    await settled();
    expect(third).toBeTypeOf('function');
  });

  it('whatever comes and goes: never more than it holds, and in the end everybody was let in or told', async () => {
    const act = fc.record({
      bytes: fc.integer({ min: 0, max: 150 }),
      owner: fc.constantFrom('a', 'b', 'c'),
      leave: fc.nat(20),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const { enter, leave, names, refused, letIn } = watched();
        const sizes = new Map<string, number>();
        const holds = () => {
          const held = names().map((name) => sizes.get(name) ?? 0);
          const sum = held.reduce((total, bytes) => total + bytes, 0);
          expect(held.length <= LIMITS.bodies && (sum <= LIMITS.bytes || held.length === 1)).toBe(true);
        };
        for (const [at, { bytes, owner, leave: which }] of acts.entries()) {
          sizes.set(`${at}`, bytes);
          void enter(`${at}`, bytes, owner);
          await settled();
          holds();
          const name = names()[which];
          if (name !== undefined) await leave(name);
          holds();
        }
        for (let name = names()[0]; name !== undefined; name = names()[0]) await leave(name);
        expect(letIn() + refused.length).toBe(acts.length);
      }),
      { numRuns: 60 },
    );
  });
});
