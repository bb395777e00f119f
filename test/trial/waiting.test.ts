// Whoever waits in the play is told for what, and does not wait for what will not come.
import { expect, test } from 'vitest';
import { StoryBroken } from '../../src/trial/play/story.ts';
import { waitFor } from '../../src/trial/play/waiting.ts';

/** A server on which a job stands one after the other as given; the last for ever. */
function jobs(...states: object[]) {
  const said: string[] = [];
  let asked = 0;
  const query = async () => ({ job: states[Math.min(asked++, states.length - 1)] ?? null });
  return { said, story: { query, say: (line: string) => said.push(line) } as never };
}
const standing = (more: object = {}) => ({ state: 'RUNNING', done: 1, total: 3, failed: 0, attempts: 1, ...more });
const what = 'the archive of 2026';
const quick = { lookMs: 1, tellMs: 20, patienceMs: 60 };
const asking = (look: () => Promise<string | undefined>) => ({ what, officer: 'xuewei.zhuren', job: 'job', look });
const never = asking(async () => undefined);

test('a job that failed ends the waiting at once, with what was waited for and how it stood', async () => {
  const { story } = jobs(standing(), standing({ state: 'FAILED', attempts: 5, failed: 1 }));
  const waiting = waitFor(story, never, { ...quick, patienceMs: 60_000 });
  await expect(waiting).rejects.toThrow(StoryBroken);
  await expect(waiting).rejects.toThrow(
    'the archive of 2026: nothing came of it; its job is FAILED, 1 of 3 done, 1 failed, attempt 5',
  );
});

test('so does a job that is done and brought nothing; what it brought is found even when it is done by then', async () => {
  await expect(waitFor(jobs(standing({ state: 'DONE' })).story, never, quick)).rejects.toThrow('nothing came of it');
  const { story } = jobs(standing({ state: 'DONE' }));
  expect(
    await waitFor(
      story,
      asking(async () => 'sealed'),
      quick,
    ),
  ).toBe('sealed');
});

test('what does not move is waited for in vain; what moves is waited for longer, and it is said for what', async () => {
  await expect(waitFor(jobs(standing()).story, never, quick)).rejects.toThrow(
    /waited \d+ s in vain; its job is RUNNING/,
  );
  const { story, said } = jobs(...Array.from({ length: 60 }, (_, done) => standing({ done, total: 60 })));
  let looks = 0;
  const found = await waitFor(
    story,
    asking(async () => (++looks > 55 ? 'there' : undefined)),
    { ...quick, lookMs: 3 },
  );
  expect(found).toBe('there');
  expect(said[0]).toMatch(/still waiting for the archive of 2026 \(\d+ s\): its job is RUNNING, \d+ of 60 done/);
});

test('without a job the thing alone is looked at, and what it says is passed on', async () => {
  const { story } = jobs();
  const { job: _, ...alone } = never;
  await expect(waitFor(story, alone, quick)).rejects.toThrow('not there yet');
  const broken = async () => Promise.reject(new StoryBroken('the archive: moved-too-often'));
  await expect(waitFor(story, { ...alone, look: broken }, quick)).rejects.toThrow('moved-too-often');
});
