// Violation codes of the cross-check in person and of the internal disclosure (art. 9, 11(2), 11(3)).
import type { ViolationEntry } from './entry.ts';

/** What keeps a batch from passing its cross-check, and what is wrong with what the school says of a disclosure. */
export const CHECKING_CODES = {
  'roster-altered': {
    article: '9',
    zh: '现存的学位授予名单与签章时的不一致：有人被加入、去除或改动。请停止办理并核查数据库。',
    en: 'The roster is not the one that was sealed: somebody was added, taken off or changed. Stop, and examine the database.',
  },
} as const satisfies Record<string, ViolationEntry>;
