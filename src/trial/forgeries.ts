// Forgeries of the year's papers, each of which the verifier must refuse: one byte of the document, one field of a bundle, one proof, one seal.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { verifyBundle } from '../sealing/verify/bundle.ts';
import { verifyPdf } from '../sealing/verify/pdf.ts';
import { type Judgement, rootsOf } from './judges.ts';

/** A bundle, as far as it is forged. */
interface Forged {
  roster: { entry: { sequence: number } };
  subject: { fields: Record<string, { value: string }>; digest: string };
  steps: { statementText: string; statement: { officer: { name: string } }; inclusionProof: string[]; seal: string }[];
}

type Forgery = readonly [what: string, forge: (bundle: Forged) => void];

const BUNDLE_FORGERIES: readonly Forgery[] = [
  [
    'the name of the person changed',
    ({ subject }) => {
      const { name } = subject.fields;
      if (name) name.value = `${name.value}伟`;
    },
  ],
  [
    'the officer of the first step changed',
    ({ steps: [step] }) => {
      if (!step) return;
      const before = step.statement.officer.name;
      step.statement.officer.name = '某人';
      step.statementText = step.statementText.replace(before, '某人');
    },
  ],
  ['the proof of the last step cut', ({ steps }) => void steps.at(-1)?.inclusionProof.pop()],
  [
    'the seals of two steps exchanged',
    ({ steps: [first, second] }) => {
      if (first && second) [first.seal, second.seal] = [second.seal, first.seal];
    },
  ],
  ['another place on the roster', ({ roster }) => void roster.entry.sequence++],
  ['the first step left out', ({ steps }) => void steps.shift()],
  ['a step in the middle left out', ({ steps }) => void steps.splice(Math.floor(steps.length / 2), 1)],
];

const judgement = (
  file: string,
  what: string,
  verdict: { readonly verdict: string; readonly en: string },
): Judgement => ({
  file: basename(file),
  judge: `forged: ${what}`,
  outcome: verdict.verdict === 'valid' ? 'failed' : 'passed',
  says: verdict.verdict,
});

/** Forges one document and one bundle in memory; every forgery must be refused. Files are left as they are. */
export async function judgeForgeries(files: readonly string[], root: string): Promise<Judgement[]> {
  const roots = rootsOf(await readFile(root, 'latin1'));
  const judgements: Judgement[] = [];
  const pdf = files.find((file) => file.endsWith('.pdf'));
  if (pdf) {
    const bytes = new Uint8Array(await readFile(pdf));
    for (const place of [0.1, 0.5, 0.9]) {
      const forged = Uint8Array.from(bytes);
      const at = Math.floor(forged.length * place);
      forged[at] = (forged[at] ?? 0) ^ 1;
      judgements.push(judgement(pdf, `byte ${at} of ${forged.length} changed`, await verifyPdf(forged, { roots })));
    }
  }
  const record = files.find((file) => basename(file).startsWith('record-'));
  if (record) {
    const text = await readFile(record, 'utf8');
    for (const [what, forge] of BUNDLE_FORGERIES) {
      const bundle = JSON.parse(text) as Forged;
      forge(bundle);
      judgements.push(judgement(record, what, await verifyBundle(bundle, { roots })));
    }
    judgements.push(judgement(record, 'another root believed', await verifyBundle(JSON.parse(text), { roots: [] })));
  }
  return judgements;
}
