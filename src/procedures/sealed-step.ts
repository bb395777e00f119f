// A kept step held against its own seal: what the statement says, whether it is the one in the log, and whose seal is on it (R22.1).
import type { StepName } from '../regulation/steps.ts';
import { leafHash } from '../sealing/log.ts';
import { readSeal, verifySeal } from '../sealing/verify/cms.ts';
import type { KeptStep } from '../store/responsibility/origins.ts';
import type { JsonObject } from './statement.ts';

/** The seal on a step, as its certificate says. */
export interface StepSeal {
  readonly id: string;
  readonly name: string;
  /** Subject of the certificate; empty when the seal cannot be read. */
  readonly subject: string;
  readonly serial: string;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  /** The signature is of this certificate over this statement, within its time. Trust in its issuer is for `verify`. */
  readonly valid: boolean;
}

/** A step as its sealed statement tells it. */
export interface SealedStep {
  readonly institution: string;
  readonly id: string;
  readonly name: StepName;
  readonly article: string;
  readonly at: Date;
  readonly office: { readonly id: string; readonly name: string };
  /** Null: the student himself. */
  readonly officer: { readonly id: string; readonly name: string } | null;
  readonly leafIndex: number;
  readonly leafHash: string;
  readonly seal: StepSeal;
  /** The columns beside the statement say what it says, and the log holds it. */
  readonly intact: boolean;
  readonly facts: JsonObject;
  readonly files: readonly string[];
}

interface Statement {
  readonly step?: unknown;
  readonly institution?: unknown;
  readonly office?: { readonly id?: unknown; readonly name?: unknown } | null;
  readonly officer?: { readonly id?: unknown; readonly name?: unknown } | null;
  readonly at?: unknown;
  readonly facts?: unknown;
  readonly files?: unknown;
}

/** Reads a kept step by its statement. Nothing that was written into the register makes this fail: it is then not intact. */
export async function readSealedStep(institution: string, step: KeptStep): Promise<SealedStep> {
  const bytes = Buffer.from(step.statement, 'utf8');
  const said = parsed(step.statement);
  const text = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);
  const officer = said.officer ? { id: text(said.officer.id, ''), name: text(said.officer.name, '') } : null;
  const agrees =
    Buffer.from(leafHash(bytes)).toString('hex') === step.leafHash &&
    said.step === step.name &&
    said.institution === institution &&
    said.office?.id === step.officeId &&
    (officer?.id ?? null) === step.officerId &&
    said.at === step.at.toISOString();
  return {
    institution,
    id: step.id,
    name: step.name as StepName,
    article: step.article,
    at: step.at,
    office: { id: step.officeId, name: text(said.office?.name, '') },
    officer,
    leafIndex: step.leafIndex,
    leafHash: step.leafHash,
    seal: await sealOn(step, bytes),
    intact: agrees && step.seal.officeId === step.officeId,
    facts: isObject(said.facts) ? (said.facts as JsonObject) : {},
    files: Array.isArray(said.files) ? said.files.filter((file): file is string => typeof file === 'string') : [],
  };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(statement: string): Statement {
  try {
    const value: unknown = JSON.parse(statement);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

async function sealOn({ seal: { id, name }, signature, at }: KeptStep, statement: Uint8Array): Promise<StepSeal> {
  const unread = { id, name, subject: '', serial: '', validFrom: null, validUntil: null, valid: false };
  try {
    const read = readSeal(Uint8Array.from(signature));
    const { subject, serial, notBefore, notAfter } = read.signer;
    const facts = await verifySeal(read, statement);
    return {
      ...unread,
      ...{ subject: subject.text, serial },
      ...{ validFrom: notBefore, validUntil: notAfter },
      valid: facts.intact && facts.signature && facts.signingCertificate && at >= notBefore && at <= notAfter,
    };
  } catch {
    return unread;
  }
}
