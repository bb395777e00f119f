// Violation codes of responsibility: who audits, and who may ask what is unusual (art. 22, 23).
import type { ViolationEntry } from './entry.ts';

/** What the audit refuses. */
export const RESPONSIBILITY_CODES = {
  'audit-not-alone': {
    article: '23',
    zh: '监督职责不能与其他职责由同一人承担：监督者不得办理自己所监督的事项。',
    en: 'The audit is nobody’s second duty: who audits takes no part in what is audited.',
  },
} as const satisfies Record<string, ViolationEntry>;
