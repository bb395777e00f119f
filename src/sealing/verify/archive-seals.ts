// The sealed statements of an archive, judged one by one: the text that was sealed, its seal, and whose seal it is.
import { textOf } from './archive-read.ts';
import { toHex, utf8 } from './bytes.ts';
import type { JsonValue } from './canonical.ts';
import { type Finding, finding } from './findings.ts';
import { holderAgrees } from './holder.ts';
import { hashLeaf } from './merkle.ts';
import { parseBundle } from './parse-bundle.ts';
import { checkSeal, type ReadTrust } from './seal-checks.ts';
import { statementAgrees, timeOf } from './step-checks.ts';
import type { Certificate } from './x509.ts';

/** What a statement says; canonical JSON. */
export type Said = { readonly [name: string]: JsonValue | undefined };

/** A seal and its statement, judged; `undefined` when the text is no statement. */
export interface JudgedStep {
  readonly said: Said;
  readonly leaf: string;
  readonly at: Date | undefined;
  readonly signer: Certificate | undefined;
}

/** The findings over seals and statements. */
export interface SealFindings {
  readonly statements: Finding;
  readonly intact: Finding;
  readonly signatures: Finding;
  readonly chains: Finding;
  readonly revocations: Finding;
  readonly holders: Finding;
}

/** New findings, named for the steps of an archive. */
export function sealFindings(): SealFindings {
  return {
    statements: finding('statements', {
      passed: (many) => [
        `${many} 份陈述格式规范，与其摘要一致。`,
        `${many} statements are canonical and have their hashes.`,
      ],
      failed: ['有陈述不是被签章的原文。', 'A statement is not the text that was sealed.'],
    }),
    intact: finding('seals-intact', {
      passed: (many) => [`${many} 个签章的内容与用印时一致。`, `What ${many} seals cover is what was sealed.`],
      failed: ['有步骤的内容与用印时不一致。', 'A step is not what was sealed.'],
    }),
    signatures: finding('signatures', {
      passed: (many) => [`${many} 个签名正确。`, `${many} signatures are good.`],
      failed: ['有签名不正确。', 'A signature is not good.'],
    }),
    chains: finding('chains', {
      passed: (many) => [
        `${many} 个签章的证书用印时有效，且由受信任的根证书签发。`,
        `The certificates of ${many} seals were in force and lead to a trusted root.`,
      ],
      failed: ['有签章的证书不可信。', 'The certificate of a seal is not trusted.'],
    }),
    revocations: finding('revocations', {
      passed: () => ['用印时证书均未被吊销。', 'No certificate was revoked when its seal was used.'],
      failed: ['有证书已被吊销。', 'A certificate has been revoked.'],
      none: [
        '有的签章没有可用的吊销列表，未检查证书是否被吊销。',
        'For some seals there is no usable revocation list: whether their certificates were revoked was not checked.',
      ],
    }),
    holders: finding('seal-holders', {
      passed: (many) => [
        `${many} 个签章属于陈述中的单位。`,
        `${many} seals belong to the offices that the statements name.`,
      ],
      failed: ['有签章不属于陈述中的单位。', 'A seal does not belong to the office that its statement names.'],
    }),
  };
}

/** Judges one sealed statement. @param place as findings name it */
export async function judgeStep(
  bytes: Uint8Array | undefined,
  seal: Uint8Array | undefined,
  trust: ReadTrust,
  place: string,
  into: SealFindings,
): Promise<JudgedStep | undefined> {
  let statementText = '';
  let said: Said | undefined;
  try {
    statementText = textOf(bytes ?? new Uint8Array());
    said = parseBundle(statementText) as Said | undefined;
  } catch {
    // Not UTF-8: no statement.
  }
  const readable = typeof said === 'object' && said !== null && !Array.isArray(said);
  const at = readable ? timeOf(said?.at) : undefined;
  const good = readable && at !== undefined && agrees(said as Said, statementText);
  into.statements.look(good, place);
  if (!readable || !said) return undefined;
  const content = utf8(statementText);
  const { checks, signer } = await checkSeal('', seal ?? new Uint8Array(), content, trust, at ?? new Date(0));
  const passed = (...names: string[]) =>
    names.every((name) => checks.find((one) => one.name === name)?.outcome === 'passed');
  into.intact.look(passed('intact'), place);
  into.signatures.look(passed('signature', 'signing-certificate'), place);
  into.chains.look(passed('chain'), place);
  const revocation = checks.find(({ name }) => name === 'revocation')?.outcome ?? 'not-checked';
  if (revocation === 'not-checked') into.revocations.cannot();
  else into.revocations.look(revocation === 'passed', place);
  into.holders.look(signer !== undefined && holderAgrees(said, signer), place);
  return { said, leaf: toHex(await hashLeaf(content)), at, signer };
}

function agrees(statement: Said, statementText: string): boolean {
  try {
    return statementAgrees({ statement, statementText });
  } catch {
    return false;
  }
}
