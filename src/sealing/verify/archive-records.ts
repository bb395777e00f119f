// The records of an archive: every version that a step sealed, opened but for the secret fields, and the secret ones where they can be read.
import type { ArchiveIndex, ArchiveSource, ArchiveVersion } from './archive-format.ts';
import { linesIn, linesOf, readRecord, readSecrets } from './archive-read.ts';
import { keyOf, type Seen, type StepsSaid } from './archive-steps.ts';
import { sha256, toHex } from './bytes.ts';
import { digestOfCommitments, opens } from './commitment.ts';
import { type Finding, finding } from './findings.ts';
import { type Check, check } from './verdict.ts';

/** The members that hold records. */
const RECORDS = /^records\/\d{4,}\.jsonl$/;
const SECRETS = /^secret\/records-\d{4,}\.jsonl\.enc$/;
const SECRET_FILE = /^secret\/files\/([0-9a-f]{64})\.enc$/;

/** What the records say, for the checks that follow. */
export interface RecordsSaid {
  /** Certificate numbers of every version. */
  readonly numbers: Set<string>;
  /** Commitments of the fields that are not opened, by record, version and field. */
  readonly closed: Map<string, string>;
}

/** Every step about a record in its order: versions that follow one another, each with one digest. */
function versionsAgree(
  seen: readonly Seen[],
  versions: readonly ArchiveVersion[],
  wanted: { version: number; digest: string },
): boolean {
  const digests = new Map(versions.map(({ version, digest }) => [version as number | string, digest]));
  if (versions.some(({ version }, at) => version !== at + 1) || versions.length !== wanted.version) return false;
  let last = 0;
  for (const { version, digest } of seen) {
    if (typeof version !== 'number' || digests.get(version) !== digest) return false;
    if (version !== last && version !== last + 1) return false;
    last = version;
  }
  return last === wanted.version && digests.get(last) === wanted.digest;
}

async function fieldsAgree(
  { version, digest, commitments, fields }: ArchiveVersion,
  id: string,
  secret: readonly string[],
  closed: RecordsSaid['closed'],
): Promise<boolean> {
  if ((await digestOfCommitments(commitments)) !== digest) return false;
  for (const name of Object.keys(fields)) if (!Object.hasOwn(commitments, name)) return false;
  const opened: Promise<boolean>[] = [];
  for (const [name, commitment] of Object.entries(commitments)) {
    const opening = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (opening) opened.push(opens(commitment, opening));
    else if (secret.includes(name)) closed.set(`${id} ${version} ${name}`, commitment);
    else return false;
  }
  return (await Promise.all(opened)).every(Boolean);
}

/** Checks every record of the index: no more, no fewer, each in every version that steps sealed. */
export async function checkRecords(
  source: ArchiveSource,
  index: ArchiveIndex,
  steps: StepsSaid,
): Promise<{ checks: Check[]; said: RecordsSaid }> {
  const found = finding('records', {
    passed: (many) => [
      `${many} 条学位授予信息齐全，与目录一致。`,
      many === 1
        ? 'The one record of the index is here, and no other.'
        : `All ${many} records of the index are here, and no others.`,
    ],
    failed: ['学位授予信息与目录不一致。', 'The records are not those of the index.'],
  });
  const versions = finding('versions', {
    passed: (many) => [
      `${many} 条学位授予信息的各个版本与各步骤签章的一致，无缺漏。`,
      `The versions of ${many} records are those that the steps sealed, none missing.`,
    ],
    failed: ['学位授予信息的版本与步骤签章的不一致。', 'The versions of a record are not those that the steps sealed.'],
  });
  const fields = finding('fields', {
    passed: (many) => [
      `${many} 个版本的字段与签章时的承诺值一致。`,
      `The fields of ${many} versions are those that were committed to.`,
    ],
    failed: ['有字段的值与签章时不一致。', 'A field has not the value that was sealed.'],
  });
  const said: RecordsSaid = { numbers: new Set(), closed: new Map() };
  const wanted = new Map(index.records.map((record) => [record.id, record]));
  const paths = source.paths.filter((path) => RECORDS.test(path)).sort();
  for (const path of paths) {
    for (const line of await linesOf(source, path).catch(() => [null])) {
      let record: ReturnType<typeof readRecord> | undefined;
      try {
        record = readRecord(line);
      } catch {
        // Named below.
      }
      const entry = wanted.get(record?.id ?? '');
      if (!found.look(record !== undefined && entry !== undefined, record?.id ?? path) || !record || !entry) continue;
      wanted.delete(record.id);
      const seen = steps.about.get(keyOf({ kind: 'record', id: record.id })) ?? [];
      versions.look(versionsAgree(seen, record.versions, entry), record.id);
      for (const version of record.versions) {
        fields.look(
          await fieldsAgree(version, record.id, index.secretFields, said.closed),
          `${record.id} v${version.version}`,
        );
        const number = version.fields.certificateNumber?.value;
        if (typeof number === 'string') said.numbers.add(number);
      }
    }
  }
  for (const id of wanted.keys()) found.look(false, id);
  const listed = new Set(index.records.map(({ id }) => id));
  for (const { path, step, batch, hidden, records } of steps.ofBatches) {
    for (const id of records) if (!listed.has(id)) found.look(false, id);
    // What was collected into a batch and filed with it belongs to its archive; other steps may have met it while it was elsewhere.
    const own = index.archive.scope === 'batch' && batch === index.archive.of;
    if (own && (step === 'collect' || step === 'filing') && hidden > 0) found.look(false, `${path} +${hidden}`);
  }
  return { checks: [found.toCheck(), versions.toCheck(), fields.toCheck()], said };
}

async function openSecrets(
  source: ArchiveSource,
  path: string,
  closed: Map<string, string>,
  into: Finding,
): Promise<void> {
  const box = await source.read(path);
  const plain = box && (await source.open?.(path, box));
  if (!into.look(plain !== undefined, path) || !plain) return;
  const [, digest] = SECRET_FILE.exec(path) ?? [];
  if (digest !== undefined) {
    into.look(toHex(await sha256(plain)) === digest, path);
    return;
  }
  try {
    for (const line of linesIn(plain)) {
      const { id, version, fields } = readSecrets(line);
      for (const [name, opening] of Object.entries(fields)) {
        const key = `${id} ${version} ${name}`;
        into.look(await opens(closed.get(key) ?? '', opening), key);
        closed.delete(key);
      }
    }
  } catch {
    into.look(false, path);
  }
}

/** Checks the encrypted part when it can be opened: every secret field has the value that was sealed, every file its digest. */
export async function checkSecrets(source: ArchiveSource, { closed }: RecordsSaid): Promise<Check> {
  const paths = source.paths.filter((path) => SECRETS.test(path) || SECRET_FILE.test(path));
  const unchecked: [string, string] =
    paths.length === 0
      ? [
          '档案不含加密部分，敏感字段只有承诺值。',
          'There is no encrypted part: of secret fields only the commitments are here.',
        ]
      : ['未给出口令，未检查加密部分。', 'No passphrase was given: the encrypted part was not checked.'];
  if (paths.length === 0 || !source.open) {
    return check('secrets', 'not-checked', { passed: unchecked, failed: unchecked, unchecked });
  }
  const secrets = finding('secrets', {
    passed: () => [
      '加密部分可以打开，敏感字段和文件与签章时一致。',
      'The encrypted part opens: its fields and files are what was sealed.',
    ],
    failed: ['加密部分打不开，或与签章时不一致。', 'The encrypted part does not open, or is not what was sealed.'],
  });
  for (const path of paths) await openSecrets(source, path, closed, secrets);
  for (const key of closed.keys()) secrets.look(false, key);
  return secrets.toCheck();
}
