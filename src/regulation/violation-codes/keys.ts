// Violation codes of keys: secret fields that go over to another key (art. 21).
import type { ViolationEntry } from './entry.ts';

/** What is wrong with an order to re-encrypt. */
export const KEY_CODES = {
  're-encryption-under-way': {
    article: '21',
    zh: '本单位的重新加密正在进行，完成之前不必再次办理。',
    en: 'The secret fields of the institution are being re-encrypted; wait until that has ended.',
  },
  'nothing-to-re-encrypt': {
    article: '21',
    zh: '本单位的敏感信息均已使用当前密钥，无需重新加密。',
    en: 'Every secret field of the institution is under the current key already.',
  },
  'key-ring-lacks-key': {
    article: '21',
    zh: '此服务器的密钥环缺少部分内容所用的密钥，补齐之前不能重新加密。',
    en: 'The key ring of this server lacks a key that some of the content needs; complete it before re-encrypting.',
  },
} as const satisfies Record<string, ViolationEntry>;
