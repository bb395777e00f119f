// Remembering, for the whole institution, which texts stand for which codes: sealed, because it decides what is reported (R7.1).
import { mappingKey } from '../../regulation/standard/cells.ts';
import {
  MAPPING_TEMPLATE,
  type Mapping,
  MOST_MAPPINGS,
  mappingViolations,
} from '../../regulation/standard/code-mapping.ts';
import { isCodeTable } from '../../regulation/standard/codes.ts';
import { violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { uuidv7 } from '../../store/database/uuid.ts';
import { type CodeMapping, findCodeMappings, keepMappings } from '../../store/structure/code-mappings.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../errors.ts';
import { refusingBadFiles } from '../files/file-problems.ts';
import { type Performed, perform } from '../perform.ts';
import { digestOf } from '../subjects.ts';
import { requireMayAct, targetIn } from '../target.ts';
import { readDataFile } from './data-file.ts';
import { codesOf } from './own-codes.ts';

/** Mappings given one by one, in an uploaded table, or both. */
export type MapCodesInput = {
  institution: string;
  mappings: Mapping[];
  fileDigest: string | null;
};

/** How many are remembered, and how many earlier ones they took the place of. */
export type MapCodesResult = { mapped: number; replaced: number; mappingIds: string[] };

/**
 * Remembers mappings (step `map-codes`): the next dry run applies them.
 * @throws {Refused} any of them is wrong: all problems at once. {NotFound} no such file. {Forbidden}
 */
export function mapCodes(call: Call, input: MapCodesInput): Promise<Performed<MapCodesResult>> {
  const { institution, fileDigest } = input;
  const given = input.mappings.map(({ codeTable, value, code }) => ({ codeTable, value, code }));
  return perform(call, 'map-codes', institution, { institution, mappings: given, fileDigest }, (tx) =>
    refusingBadFiles('file', async () => {
      const target = await targetIn(tx, institution);
      requireMayAct(call, 'map-codes', target);
      const codes = await codesOf(tx, institution);
      const wanted = [...given, ...(await mappingsInFile(tx, call, institution, fileDigest))];
      const violations =
        wanted.length === 0
          ? [violation('nothing-to-do', 'mappings', { found: '0', expected: '≥ 1' })]
          : mappingViolations(wanted, codes);
      const at = call.world.now();
      const added = wanted.map(({ codeTable, value, code }): CodeMapping => {
        const of = { institution, id: uuidv7(), codeTable, value: mappingKey(value), code };
        return { ...of, createdById: call.actor.officerId, createdAt: at };
      });
      const ended = added.flatMap(({ codeTable, value }) => {
        const known = isCodeTable(codeTable) ? codes.mappings.get(codeTable)?.get(value) : undefined;
        return known === undefined ? [] : [known.id];
      });
      const subjects = added.map(({ id, codeTable, value, code }) => {
        const digest = digestOf({ codeTable, value, code });
        return { kind: 'code-mapping' as const, id, version: 1, digest };
      });
      return {
        target,
        violations,
        subjects,
        fresh: true,
        facts: {
          mapped: added.length,
          replaced: ended.length,
          tables: [...new Set(added.map((one) => one.codeTable))].sort(),
        },
        files: fileDigest === null ? [] : [fileDigest],
        async save(step) {
          await keepMappings(tx, institution, { added, ended }, { officerId: call.actor.officerId, at: step.at });
          return { mapped: added.length, replaced: ended.length, mappingIds: added.map(({ id }) => id) };
        },
      };
    }),
  );
}

/** Rows of the table in which a code was filled in; the others are still open. */
async function mappingsInFile(
  tx: Transaction,
  call: Call,
  institution: string,
  digest: string | null,
): Promise<Mapping[]> {
  if (digest === null) return [];
  const of = {
    institution,
    digest,
    kind: 'code-mappings',
    columns: MAPPING_TEMPLATE,
    maxRows: 10 * MOST_MAPPINGS,
  } as const;
  const lines = await readDataFile(tx, call.world, of);
  return lines instanceof Uint8Array ? [] : lines.map(({ row }) => row).filter(({ code }) => code !== '');
}

/** Which mappings are to hold no more. */
export type WithdrawCodeMappingsInput = { institution: string; mappingIds: string[] };

/**
 * Withdraws mappings (step `map-codes`): what was imported by them stays, the next dry run does not apply them.
 * @throws {NotFound} one of them is not there. {Refused} one was withdrawn before; none or too many are named. {Forbidden}
 */
export function withdrawCodeMappings(
  call: Call,
  input: WithdrawCodeMappingsInput,
): Promise<Performed<{ withdrawn: number }>> {
  const { institution } = input;
  const ids = [...new Set(input.mappingIds)];
  return perform(call, 'map-codes', institution, { withdrawn: ids }, async (tx) => {
    const target = await targetIn(tx, institution);
    requireMayAct(call, 'map-codes', target);
    const many = ids.length > MOST_MAPPINGS;
    const found = many ? [] : await findCodeMappings(tx, institution, ids);
    const missing = many ? undefined : ids.find((id) => !found.some((one) => one.id === id));
    if (missing !== undefined) throw new NotFound('code-mapping', missing);
    const violations = found
      .filter(({ ended }) => ended)
      .map(({ value }) => violation('mapping-withdrawn', 'mappings', { found: value }));
    if (ids.length === 0) violations.push(violation('nothing-to-do', 'mappings', { found: '0', expected: '≥ 1' }));
    if (many) {
      const details = { found: String(ids.length), expected: `≤ ${MOST_MAPPINGS}` };
      violations.push(violation('too-many-mappings', 'mappings', details));
    }
    return {
      target,
      violations,
      subjects: found.map(({ id, codeTable, value }) => {
        const digest = digestOf({ codeTable, value, code: null });
        return { kind: 'code-mapping' as const, id, version: 2, digest };
      }),
      facts: { withdrawn: ids.length },
      async save({ at }) {
        await keepMappings(tx, institution, { added: [], ended: ids }, { officerId: call.actor.officerId, at });
        return { withdrawn: ids.length };
      },
    };
  });
}
