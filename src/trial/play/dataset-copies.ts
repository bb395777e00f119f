// Reading an analysis dataset (article 18): each recipient has a copy of their own within the term, and a copy that leaks tells whose it was.
import type { Answer, ToldViolation, Upload } from '../api.ts';
import { INSTITUTION, type Story, StoryBroken } from './story.ts';

/** Downloads a copy as the holder of a token, null as a visitor; `value.text` is the CSV. */
export async function readCopy(story: Story, token: string | null, dataset: string): Promise<Answer> {
  const { status, bytes } = await story.api.download(token, `/datasets/${dataset}.csv`);
  const text = Buffer.from(bytes).toString('utf8');
  if (status === 200) return { ok: true, type: 'read', value: { text }, codes: [], violations: [] };
  const { errors } = JSON.parse(text) as {
    errors: { message: string; extensions: { code: string; violations?: ToldViolation[] } }[];
  };
  const { code = '', violations = [] } = errors[0]?.extensions ?? {};
  const codes = violations.length > 0 ? violations.map((each) => each.code) : [code];
  return { ok: false, type: `HTTP ${status}`, value: { message: errors[0]?.message }, codes, violations: [] };
}

/** The lines of a copy, its heading first. @throws {StoryBroken} it may not be read */
export async function linesOf(story: Story, token: string, dataset: string, rows: number): Promise<string[]> {
  const { ok, value, codes } = await readCopy(story, token, dataset);
  if (!ok) throw new StoryBroken(`the copy of a recipient: ${codes}`);
  const lines = String(value.text).replace('\uFEFF', '').trimEnd().split('\r\n');
  if (lines.length !== rows + 1) story.ledger.wrong(`a copy has ${lines.length - 1} rows of ${rows}`);
  return lines;
}

/** What a recipient is told of how anonymous the table is. @throws {StoryBroken} it is not told, or is less than was asked for */
export async function reportFor(story: Story, token: string, dataset: string, k: number, l: number): Promise<string> {
  const document = 'query($dataset: ID!) { datasetReport(dataset: $dataset) { violations { code } report } }';
  const data = await story.api.query(token, document, { dataset });
  const answer = data.datasetReport as {
    violations: { code: string }[];
    report: {
      after: { smallestClass: number; l: number | null };
      loss: number;
      rowsKept: number;
      rowsIn: number;
    } | null;
  } | null;
  if (!answer?.report) throw new StoryBroken(`the report of a dataset: ${answer?.violations.map(({ code }) => code)}`);
  const { after, loss, rowsKept, rowsIn } = answer.report;
  if (after.smallestClass < k || (after.l !== null && after.l < l)) {
    story.ledger.wrong(`a dataset of k ${after.smallestClass}, l ${after.l} instead of ${k}, ${l}`);
  }
  return `${rowsKept} of ${rowsIn} rows, k ${after.smallestClass}, l ${after.l}, loss ${loss.toFixed(3)}`;
}

const EVERY = 7;
/** Rows with their names that a leak must have at least, so that it is one. */
const FEWEST = 3;

/** A part of a copy turns up somewhere; it must lead to its recipient and to nobody else. Returns how it was told. */
export async function traceCopy(
  story: Story,
  officer: string,
  { lines, recipient }: { readonly lines: readonly string[]; readonly recipient: number },
): Promise<string> {
  const [heading = '', ...rows] = lines;
  const some = rows.filter((_, at) => at % EVERY === 0 || at < FEWEST);
  const named = await trace(story, officer, [heading, ...some]);
  const [copy] = named;
  if (named.length !== 1 || copy?.recipient !== recipient) {
    story.ledger.wrong(`a leak of recipient ${recipient} is told to be of ${JSON.stringify(named)}`);
  }
  const nameless = lines.map((line) => line.slice(line.indexOf(',') + 1));
  const marked = await trace(story, officer, nameless);
  if (marked.some((each) => each.recipient !== recipient)) {
    story.ledger.wrong(`a leak of recipient ${recipient} without names is told to be of ${JSON.stringify(marked)}`);
  }
  const byMarks = marked.length > 0 ? `by marks as well (${marked[0]?.certainty})` : 'too few rows for marks';
  return `${some.length} rows are those of recipient ${copy?.recipient} (${copy?.readerName}): by ${copy?.by}, ${byMarks}`;
}

interface Traced {
  readonly recipient: number | null;
  readonly readerName: string;
  readonly by: string;
  readonly certainty: number;
}

async function trace(story: Story, officer: string, lines: readonly string[]): Promise<readonly Traced[]> {
  const file: Upload = { name: 'leak.csv', bytes: Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8') };
  const select = 'identified copies { recipient readerName by certainty }';
  const input = { institution: INSTITUTION };
  const answer = await story.api.actOnFile(await story.token(officer), 'traceLeak', input, file, select);
  if (!answer.ok) throw new StoryBroken(`traceLeak: ${answer.codes}`);
  return answer.value.copies as readonly Traced[];
}
