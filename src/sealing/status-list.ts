// Sealing a status list: what of an institution's subjects has ended. It proves nothing by itself: verify/status-list.ts judges.
import { sealDetached } from './cms.ts';
import type { SealSigner } from './signer.ts';
import { canonicalBytes, type JsonValue } from './verify/canonical.ts';
import type { SealedStatusList, StatusList } from './verify/status-list-format.ts';

export {
  type EndedSubject,
  MOST_SUBJECTS,
  type SealedStatusList,
  STATUS_LIST_FORMAT,
} from './verify/status-list-format.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/**
 * Seals a list: a detached CMS over its canonical JSON, with what is needed to judge it offline.
 * @param crls revocation lists, DER
 */
export async function sealStatusList(
  list: StatusList,
  signer: SealSigner,
  crls: readonly Uint8Array[] = [],
): Promise<SealedStatusList> {
  return {
    list,
    seal: base64(await sealDetached(signer, canonicalBytes(list as unknown as JsonValue))),
    certificates: [signer.certificate, ...signer.chain].map(base64),
    ...(crls.length > 0 ? { crls: crls.map(base64) } : {}),
  };
}
