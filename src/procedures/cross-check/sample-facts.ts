// What the sealed cross-check says of the sample (R11.2): who examined how many of how many, what was wrong, and a commitment to every finding.
import { percentText } from '../../regulation/cross-check/sample.ts';
import { canonicalize } from '../../sealing/verify/canonical.ts';
import type { World } from '../call.ts';
import type { JsonObject } from '../statement.ts';
import { type BatchStanding, wrongOf } from './sample-standing.ts';

/**
 * The sample as facts: numbers, officers and digests, never what a finding says of a person; nothing where none was drawn. The findings
 * themselves are committed to under the installation's key.
 */
export function sampleFacts(world: Pick<World, 'blindIndex'>, standing: BatchStanding): JsonObject {
  const { draws, sampled, examined, wrong, overruled, secondEntry, examinations } = standing;
  if (draws.length === 0) return {};
  const findings = examinations.map((each) => ({
    ...{ record: each.recordId, version: each.version, agrees: each.agrees, by: each.examinedById },
    ...{ wrong: wrongOf(each).map((one) => ({ ...one })), note: each.note, entered: each.entered as JsonObject | null },
  }));
  return {
    sample: {
      ...{ sampled, examined, wrong, overruled, errorRate: percentText(wrong, sampled), secondEntry },
      examiners: [...new Set(examinations.map(({ examinedById }) => examinedById))].sort(),
      findings: world.blindIndex(canonicalize(findings), 'cross-check-findings'),
      draws: draws.map(({ draw, ...each }) => ({
        ...{ number: draw.number, whole: draw.whole, percent: draw.percent, population: draw.population },
        ...{ sampled: draw.sampled, wrong: each.wrong, errorLimit: draw.errorLimit, seedDigest: draw.seedDigest },
      })),
    },
  };
}
