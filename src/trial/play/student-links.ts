// One-time links to students (R11.1): issued by a job, sent by the mailing sheet, opened by the student.
import type { Answer, Value } from '../api.ts';
import type { Kind } from './ledger.ts';
import { INSTITUTION, type Story, StoryBroken } from './story.ts';
import { waitFor } from './waiting.ts';

const SILENT: Kind = {
  ...{ id: 'links-no-reason', code: 'reveal-reason-missing' },
  ...{ zh: '导出链接名单不写理由', en: 'the sheet of links without a reason' },
};

/** An own record as the student sees it. */
export interface OwnRecord {
  readonly id: string;
  readonly version: number;
  readonly fields: readonly { readonly name: string; readonly value: string | null; readonly secret: boolean }[];
}

/** A student with a session, and the record that the link was about. */
export interface Student {
  readonly number: string;
  readonly link: string;
  readonly token: string;
  readonly record: OwnRecord;
}

/** Issues links to a whole batch or to some records, waits for the job, and fetches the sheet. Returns tokens by student number. */
export async function sendLinks(
  story: Story,
  officer: string,
  to: { readonly batch: string } | { readonly records: readonly string[] },
): Promise<Map<string, string>> {
  const done = await story.must(officer, 'issueLinks', { institution: INSTITUTION, ...to }, 'total job { id }');
  const job = (done.job as { id: string }).id;
  const look = async () => {
    const data: Value = await story.query(officer, 'query($id: ID!) { job(id: $id) { state } }', { id: job });
    return (data.job as { state: string } | null)?.state === 'DONE' || undefined;
  };
  await waitFor(story, { what: `${done.total} links of students`, officer, job, look });
  const sheet = (reason: string) => ({ job, reason });
  const select = 'people downloadUrl(format: CSV)';
  await story.refused(SILENT, () => story.act(officer, 'exportLinks', sheet(' '), select));
  const exported = await story.must(officer, 'exportLinks', sheet('寄送本人确认链接'), select);
  const { pathname, search } = new URL(String(exported.downloadUrl));
  const { status, bytes } = await story.api.download(null, `${pathname}${search}`);
  if (status !== 200) throw new StoryBroken(`the sheet of links: ${status}`);
  const [, ...lines] = Buffer.from(bytes).toString('utf8').trim().split('\r\n');
  return new Map(
    lines.flatMap((line) => {
      const cells = line.split(',').map((cell) => cell.replaceAll('"', ''));
      const token = cells[4]?.split('#')[1];
      return token === undefined ? [] : [[cells[1] ?? '', token] as const];
    }),
  );
}

/** Opens a link as it stands in the sheet. */
export function openLink(story: Story, token: string): Promise<Answer> {
  return story.api.act(null, 'openLink', { token }, 'token');
}

/** Opens a link that must open, and looks at the own records. */
export async function enter(story: Story, number: string, link: string): Promise<Student> {
  const answer = await openLink(story, link);
  if (!answer.ok) throw new StoryBroken(`the link of a student: ${answer.codes}`);
  const token = String(answer.value.token);
  return { number, link, token, record: await ownRecord(story, token) };
}

/** The own degree record as it is now. */
export async function ownRecord(story: Story, token: string): Promise<OwnRecord> {
  const data = await story.api.query(token, '{ myRecords { id kind version fields { name value secret } } }');
  const records = data.myRecords as (OwnRecord & { kind: string })[];
  const record = records.find(({ kind }) => kind === 'RECORD') ?? records[0];
  if (!record) throw new StoryBroken('a student sees no own record');
  return record;
}
