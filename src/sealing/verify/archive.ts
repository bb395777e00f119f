// Verifying an original-record archive with nothing but trusted roots: every step, seal, place in the log, record, roster and file, and that nothing is missing (R12.2).
import { ARCHIVE_PATHS, type ArchiveIndex, type ArchiveSource } from './archive-format.ts';
import { checkLog, type LogResult } from './archive-log.ts';
import { checkFiles, checkMembers, digestsOf } from './archive-members.ts';
import { readIndex, readLog, textOf } from './archive-read.ts';
import { checkRecords, checkSecrets } from './archive-records.ts';
import { checkRosters } from './archive-rosters.ts';
import { type JudgedStep, judgeStep, sealFindings } from './archive-seals.ts';
import { checkSteps, keyOf, type StepsSaid } from './archive-steps.ts';
import { checkYear } from './archive-year.ts';
import type { Subject } from './bundle-format.ts';
import { fromBase64, fromHex, sha256, toHex, utf8 } from './bytes.ts';
import type { JsonValue } from './canonical.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { finding } from './findings.ts';
import { commonInstitution, originAgrees, sealsFor } from './holder.ts';
import { rootOfLeaves } from './merkle-range.ts';
import { checkDemand } from './revocation-demand.ts';
import { checkSeal, readTrust, requiredSealChecks } from './seal-checks.ts';
import { separationFinding } from './separation.ts';
import { batchLeafHash } from './step-checks.ts';
import { type Check, check, conclude, type Trust, unreadable, type Verdict } from './verdict.ts';

/** What no archive can show. */
const SCOPE = [
  '本档案证明的是截至导出时的全部步骤；此后是否另有步骤，须向出具单位核实。',
  'It proves every step up to its export; whether more steps followed, ask the office that issued it.',
] as const;

const REQUIRED = [
  ...['members', 'nothing-more', 'sums', 'statements', 'seals-intact', 'signatures', 'chains'],
  ...['seal-holders', 'leaves', 'subjects', 'previous', 'records', 'versions', 'fields', 'rosters', 'roster-people'],
  ...['files', 'manifest', 'up-to-the-export', 'log', 'institution', 'checkpoint.text', 'checkpoint.holder'],
  ...requiredSealChecks('checkpoint.'),
];

const REQUIRED_OF = { record: [], batch: ['log-run'], year: ['log-run', 'year-whole'] } as const;

/** The DER blocks of a PEM text (RFC 7468). */
function pemBlocks(bytes: Uint8Array | undefined): Uint8Array[] {
  const text = bytes ? new TextDecoder('latin1').decode(bytes) : '';
  const blocks = text.matchAll(/-----BEGIN [A-Z0-9 ]+-----([A-Za-z0-9+/=\s]+)-----END [A-Z0-9 ]+-----/g);
  return [...blocks].flatMap(([, body = '']) => fromBase64(body.replace(/\s/g, '')) ?? []);
}

/** That the export step sealed exactly this index and these records. */
async function checkManifest(index: ArchiveIndex, bytes: Uint8Array, exported: JudgedStep | undefined): Promise<Check> {
  const { archive, records } = index;
  const subjects: Subject[] = [
    { kind: 'archive', id: archive.id, version: 2, digest: toHex(await sha256(bytes)) },
    ...records.map((record) => ({ kind: 'record', ...record })),
  ];
  const root = await rootOfLeaves(await Promise.all(subjects.map(batchLeafHash)));
  const { step, batchRoot, batchSize, institution } = exported?.said ?? {};
  const sealed =
    step === 'export-archive' &&
    institution === archive.institution &&
    batchSize === subjects.length &&
    batchRoot === (root && toHex(root));
  return check('manifest', sealed, {
    passed: [
      '导出步骤签章确认了这份目录：所列步骤、信息和文件即为全部。',
      'The export step sealed this very index: what it lists is all there is.',
    ],
    failed: ['目录不是导出步骤所签章确认的那一份。', 'The index is not the one that the export step sealed.'],
  });
}

/** That no step about any of its records came between what is here and the export. */
function checkTail(index: ArchiveIndex, { about }: StepsSaid, exported: JudgedStep | undefined): Check {
  const tail = finding('up-to-the-export', {
    passed: (many) => [
      `导出步骤所承接的正是 ${many} 个对象各自的最后一步，末尾没有缺失。`,
      `The export follows the very last step about each of ${many} things: nothing is missing at the end.`,
    ],
    failed: ['导出之前还有步骤不在档案中。', 'A step before the export is not in the archive.'],
  });
  const named = exported?.said.previous;
  const previous = new Set(Array.isArray(named) ? named.map(String) : []);
  const lasts = new Set<string>();
  const subjects = [
    { kind: 'archive', id: index.archive.id },
    ...index.records.map(({ id }) => ({ kind: 'record', id })),
  ];
  for (const subject of subjects) {
    const last = about.get(keyOf(subject))?.at(-1)?.leaf;
    tail.look(last !== undefined && previous.has(last), keyOf(subject));
    if (last !== undefined) lasts.add(last);
  }
  for (const leaf of previous) tail.look(lasts.has(leaf), `leaf ${leaf.slice(0, 16)}`);
  return tail.toCheck();
}

/** Of each record of the index, who gave it values and who cross-checked it. */
function checkSeparation({ records }: ArchiveIndex, { about }: StepsSaid): Check {
  const found = separationFinding();
  for (const { id } of records) {
    const key = keyOf({ kind: 'record', id });
    found.lookAt(about.get(key) ?? [], key);
  }
  return found.toCheck();
}

async function verify(source: ArchiveSource, given: Trust): Promise<Verdict> {
  const bytes = (await source.read(ARCHIVE_PATHS.index)) ?? new Uint8Array();
  const index = readIndex(bytes);
  const [chain, crl] = [await source.read(ARCHIVE_PATHS.chain), await source.read(ARCHIVE_PATHS.crl)];
  const trust = readTrust(given, pemBlocks(chain), pemBlocks(crl));
  const digests = digestsOf(source);
  const checks: Check[] = await checkMembers(source, index, digests);

  const seals = sealFindings();
  const steps = await checkSteps(source, index, trust, seals);
  const [statement, seal] = [await source.read(ARCHIVE_PATHS.statement), await source.read(ARCHIVE_PATHS.seal)];
  const exported = await judgeStep(statement, seal, trust, ARCHIVE_PATHS.statement, seals);
  checks.push(...Object.values(seals).map((each) => each.toCheck()), ...steps.checks);

  const records = await checkRecords(source, index, steps.said);
  const rosters = await checkRosters(source, index, steps.said, records.said);
  const files = await checkFiles(source, index, steps.said.files, digests);
  checks.push(
    checkSeparation(index, steps.said),
    ...records.checks,
    ...rosters.checks,
    ...checkYear(index, steps.said, rosters.counts),
    files.check,
    await checkSecrets(source, records.said),
  );
  checks.push(await checkManifest(index, bytes, exported), checkTail(index, steps.said, exported));

  const head = await checkHead(source, index, trust, steps.said, exported);
  checks.push(...head.checks);
  checks.push(...checkDemand(trust, checks));
  const required = [...REQUIRED, ...REQUIRED_OF[index.archive.scope]];
  const { officer, office, at } = exported?.said ?? {};
  const { id, scope, of, categories, institution } = index.archive;
  const facts: Record<string, JsonValue> = {
    archive: { id, scope, of, categories, institution },
    exported: { when: at ?? null, who: officer ?? null, office: office ?? null },
    sealedBy: exported?.signer?.subject.text ?? null,
    records: index.records.length,
    steps: index.steps.length,
    files: index.files.length - files.withheld,
    filesNotHere: files.withheld,
    placesWithoutRecord: rosters.withoutRecord,
    stepsAboutOthers: index.outside.length,
    ...(head.log?.run ? { logRun: { ...head.log.run } } : {}),
    checkpoint: head.shown,
  };
  return conclude(checks, required, facts, SCOPE);
}

/** The sealed head of the log, and the places of the steps under it. */
async function checkHead(
  source: ArchiveSource,
  index: ArchiveIndex,
  trust: ReturnType<typeof readTrust>,
  said: StepsSaid,
  exported: JudgedStep | undefined,
): Promise<{ checks: Check[]; log: LogResult | undefined; shown: JsonValue }> {
  const read = async (path: string) => (await source.read(path)) ?? new Uint8Array();
  let text = '';
  try {
    text = textOf(await read(ARCHIVE_PATHS.checkpoint));
  } catch {
    // Not UTF-8: no checkpoint.
  }
  const checkpoint = parseCheckpoint(text);
  const latest = new Date(Math.max(said.latest.getTime(), exported?.at?.getTime() ?? 0));
  const seal = await read(ARCHIVE_PATHS.checkpointSeal);
  const head = await checkSeal('checkpoint.', seal, utf8(text), trust, { notBefore: latest });
  const statements = [...said.statements, ...(exported ? [exported.said] : [])];
  const institution = commonInstitution(statements);
  const own =
    institution === index.archive.institution &&
    checkpoint !== undefined &&
    originAgrees(checkpoint.origin, institution);
  const checks = [
    check('checkpoint.text', checkpoint !== undefined, {
      passed: ['检查点格式正确。', 'The checkpoint is well formed.'],
      failed: ['检查点格式不正确。', 'The checkpoint is malformed.'],
    }),
    ...head.checks,
    check('institution', own, {
      passed: [
        '各步骤、目录和检查点属于同一学位授予单位。',
        'Steps, index and checkpoint belong to one and the same institution.',
      ],
      failed: [
        '各步骤、目录和检查点不属于同一学位授予单位。',
        'Steps, index and checkpoint do not belong to one institution.',
      ],
    }),
    check(
      'checkpoint.holder',
      head.signer !== undefined && institution !== undefined && sealsFor(institution, statements, head.signer),
      {
        passed: ['检查点由该学位授予单位用印。', 'The checkpoint bears a seal of that institution.'],
        failed: ['检查点不是由该学位授予单位用印。', 'The checkpoint does not bear a seal of that institution.'],
      },
    ),
  ];
  let log: LogResult | undefined;
  try {
    const places = readLog(await read(ARCHIVE_PATHS.log));
    if (fromHex(exported?.leaf ?? '-')) log = await checkLog(index, places, exported?.leaf ?? '', checkpoint);
  } catch {
    // Said below.
  }
  const failed = ['无法读取各步骤在日志中的位置。', 'The places in the log cannot be read.'] as const;
  checks.push(...(log?.checks ?? [check('log', false, { passed: [...failed], failed: [...failed] })]));
  const shown = {
    origin: checkpoint?.origin ?? null,
    size: checkpoint?.size ?? null,
    sealedBy: head.signer?.subject.text ?? null,
  };
  return { checks, log, shown };
}

/**
 * Verifies an archive. Never throws, whatever the members hold.
 * @param source its members; what has no index that can be read is `unreadable`
 * @param trust the roots believed; certificates inside the archive are material only
 * @returns one check for each kind of thing, which names what failed, and one verdict (R12.2)
 */
export async function verifyArchive(source: ArchiveSource, trust: Trust): Promise<Verdict> {
  try {
    return await verify(source, trust);
  } catch {
    return unreadable(
      '这不是可以识别的原始记录档案，无法验证。',
      'This is not an archive that can be read; it was not verified.',
    );
  }
}
