// Who names a revocation list, or asks for revocation to be checked, must not get an answer as if it had been when it was not.
import type { ReadTrust } from './seal-checks.ts';
import { type Check, check, revocationsNotChecked } from './verdict.ts';

/**
 * The check `revocation-demand` over all seals of one input; none when nothing was demanded.
 * @param checks those made so far, of every seal
 */
export function checkDemand(trust: ReadTrust, checks: readonly Check[]): Check[] {
  if (trust.demanded === undefined) return [];
  const useless = trust.demanded === 'by-given-lists' && !trust.given.some((list) => trust.used.has(list));
  const bare = revocationsNotChecked(checks);
  const names = bare.map(({ name }) => name).join(', ');
  return [
    check('revocation-demand', !useless && bare.length === 0, {
      passed: ['所要求的吊销检查已完成。', 'Revocation was checked as it was asked for.'],
      failed: useless
        ? [
            '所给吊销列表对这些印章都不适用：属于其他签发机构、签名不符，或在用印之前已过期；吊销情况未按要求检查。',
            'The revocation list that was given speaks of none of these seals: it is of another issuer, its signature is not good, or it ended before they were used. Revocation was not checked as asked.',
          ]
        : [
            `要求检查吊销情况，但没有适用的吊销列表（${names}）；请以 --crl 提供。`,
            `Revocation had to be checked, and there was no usable list (${names}): give --crl.`,
          ],
    }),
  ];
}
