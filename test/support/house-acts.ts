// Calling any action of the API with things of one house or another, and telling whether anything anywhere has changed by it.
import { schema } from '../../src/graphql/schema.ts';
import type { TestApi } from './api.ts';
import type { Pool } from './house-ids.ts';
import { sampleOf, selection, treeOf } from './schema-walk.ts';
import type { TestWorld } from './world.ts';

const APPLICATIONS = ['ChangeRequest', 'RevocationReport', 'DeletionRequest'];
/** What kind of thing an input of this name is an id of; a new name is added here, or the test says so. */
const ID_INPUTS: Readonly<Record<string, readonly string[]>> = {
  application: APPLICATIONS,
  archive: ['ArchiveExport'],
  revises: APPLICATIONS,
  batch: ['Batch'],
  certificateTemplate: ['CertificateTemplate'],
  declassification: ['Declassification'],
  dataset: ['Dataset'],
  dispute: ['StudentDispute'],
  enrolmentRecords: ['EnrolmentRecord'],
  import: ['Import'],
  job: ['Job'],
  link: ['DisclosureLink'],
  mappings: ['CodeMapping'],
  objection: ['Objection'],
  officer: ['Officer'],
  publication: ['DatasetPublication'],
  received: ['ReceivedObjection'],
  record: ['DegreeRecord', 'EnrolmentRecord'],
  records: ['DegreeRecord'],
  reminder: ['Reminder'],
  request: ['CorrectionRequest'],
  standingRecord: ['DegreeRecord'],
  resolution: ['Resolution'],
  revocationResolution: ['RevocationResolution'],
  word: ['StudentDispute', 'CorrectionRequest'],
};

/** Optional inputs that exclude another one, or that no house has a thing for; the other drafts stand for `revises`. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  draftSupplementaryReport: ['records', 'revises', 'batch'],
  issueLinks: ['batch', 'enrolmentRecords'],
};

/** Not tried as the others are, and why. */
export const NOT_TRIED: Readonly<Record<string, string>> = {
  signIn: 'has no thing of anybody; its own tests ask it about names and passwords',
  signOut: 'ends the session of the token that it is called with, and nothing else',
  uploadFile: 'takes a multipart body; tried by itself',
  traceLeak: 'takes a multipart body, and no thing of anybody; its own tests ask it as strangers',
  advanceTrialClock: 'has no thing of anybody; refused outside trial mode',
  openLink: 'a token of 256 bits is all that it takes; its own tests try wrong ones',
  studentSignIn: 'one answer for every wrong number and password, kept by its own tests',
  studentSignOut: 'ends the session of the token that it is called with, and nothing else',
  uploadStudentFile: 'takes a multipart body, and nothing else; tried by itself',
  setStudentPassword: 'takes a password and nothing else; the account is that of the session',
};

/** The actions that are tried. */
export const ACTIONS = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(
  ({ name }) => !(name in NOT_TRIED),
);

/** Those of them that are for students alone. */
export const OF_STUDENTS: readonly string[] = ['confirmRecord', 'disputeFields', 'requestCorrection', 'revealOwnField'];

/** Whether an input points at a thing of somebody. */
export const isPointer = (name: string, type: string): boolean =>
  type === 'ID' || /Digest$/.test(name) || (type === 'String' && ['institution', 'office', 'evidence'].includes(name));

/** How many kinds of things the pointers of an action may be ids of. */
export function roundsOf(names: readonly string[]): number {
  return Math.max(1, ...names.map((name) => ID_INPUTS[name]?.length ?? 1));
}

/** A value of a pool for an input that points at something. */
function pointer(pool: Pool, name: string, type: string, round: number): unknown {
  if (type === 'ID') {
    const kinds = ID_INPUTS[name];
    if (!kinds) throw new Error(`ID_INPUTS does not say what an input "${name}" is an id of`);
    return pool.ids[kinds[round % kinds.length] ?? '']?.[0] ?? 'bm9uZQ';
  }
  if (/Digest$/.test(name) || name === 'evidence') return pool.digests[round % pool.digests.length];
  return name === 'institution' ? pool.code : pool.office;
}

/** Of which pool an input of this name is taken. */
export type Pick = (name: string) => Pool;

/** One call of an action. */
export interface Act {
  readonly as: string | undefined;
  readonly pick: Pick;
  readonly round?: number;
  readonly simulate?: boolean;
  /** Without the inputs that may be left out. */
  readonly bare?: boolean;
  /** What is said in an input of this name; undefined: what is said anywhere. */
  readonly say?: (name: string, type: string) => unknown;
}

/** What came of it: the name of the answer, and its whole text without what was said in the question. */
export interface Told {
  readonly kind: string;
  readonly text: string;
}

/** Calls an action. `ownCode` is the code of the caller's own institution, which may stand in what is expected. */
export async function act(api: TestApi, action: string, ownCode: string | null, of: Act): Promise<Told> {
  const { as, pick, round = 0, simulate = false, bare = false, say } = of;
  const field = ACTIONS.find(({ name }) => name === action);
  const [argument] = field?.args ?? [];
  if (!field || !argument) throw new Error(action);
  const said = new Set<string>();
  const codes = new Set<string>();
  const input = sampleOf(
    argument.type,
    'input',
    (name, type) => {
      if (type === 'Category') return 'REGULAR_BACHELOR';
      const saying = say?.(name, type);
      if (saying !== undefined) return saying;
      if (!isPointer(name, type) || LEFT_OUT[action]?.includes(name)) return undefined;
      const value = pointer(pick(name), name, type, round);
      said.add(String(value));
      codes.add(pick(name).code);
      return value;
    },
    bare,
  );
  const shape = schema.getType(String(field.type).replace('!', ''));
  if (!shape) throw new Error(action);
  const refusals = treeOf(schema, shape, 1);
  const branches = refusals.branches.filter(({ head }) => /Refused|Forbidden|NotFound|Stale/.test(head));
  // Who looks for what a text is told reads all of it.
  const shown = selection({ ...refusals, branches }).replaceAll('first: 3', say ? 'first: 100' : 'first: 3');
  const query = `mutation ($input: ${argument.type}) { answer: ${action}(input: $input) ${shown} }`;
  const variables = { input: { ...(input as object), simulate } };
  const { data, errors } = await api.ask(query, { ...(as === undefined ? {} : { as }), variables });
  const mistakes = errors.map(({ message, extensions }) => [message, extensions.code, extensions.path]);
  if (errors.some(({ extensions }) => extensions.code !== 'UNAUTHENTICATED')) {
    throw new Error(`${action}: ${JSON.stringify(mistakes)} ${JSON.stringify(variables)}`);
  }
  let text = JSON.stringify(data?.answer ?? mistakes);
  for (const each of said) {
    text = text.replaceAll(each, '…');
    const id = Buffer.from(each, 'base64url').toString('utf8').split(/[:/]/).at(-1) ?? '';
    if (id.length > 30) text = text.replaceAll(id, '…');
  }
  for (const code of codes) if (code !== ownCode) text = text.replaceAll(code, '…');
  return { kind: String(data?.answer?.__typename ?? errors[0]?.extensions.code), text };
}

/** Every row of every table, as one sum per table; signing in is no change. */
export async function everything({ world }: TestWorld): Promise<Record<string, string>> {
  const { pool } = world.db;
  const tables = await pool.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname = 'public' AND tablename NOT IN ('Session', 'StudentSession', 'SignInAttempt') ORDER BY 1`,
  );
  const sums = tables.rows.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS sum FROM ${name} t`,
  );
  const { rows } = await pool.query<{ name: string; sum: string }>(sums.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}
