// What may be exported, how, and for how long the file is kept (R7.1, R21.1).

import { writtenTextViolations } from './texts/written-texts.ts';
import type { Violation } from './violations.ts';
import { violation } from './violations.ts';
import type { RecordState, Term } from './vocabulary.ts';
import { keysOf, RECORD_STATES } from './vocabulary.ts';

/** The forms of an exported file, with the encodings of its text that each can have; the first is taken when none is named. */
export const EXPORT_FORMATS = {
  xlsx: { zh: '电子表格（XLSX）', en: 'workbook', article: '7', encodings: [] },
  csv: { zh: '文本表格（CSV）', en: 'CSV', article: '7', encodings: ['utf-8', 'gb18030'] },
  dbf: { zh: '数据库表（DBF，GB 18030）', en: 'DBF table in GB 18030', article: '7', encodings: ['gb18030'] },
} as const satisfies Record<string, Term & { encodings: readonly ExportEncoding[] }>;
export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** Encodings of text in exported files; UTF-8 has a byte order mark. */
export type ExportEncoding = 'utf-8' | 'gb18030';

/** Days for which the sealed file of an export can be fetched by who made it. */
export const EXPORT_KEPT_DAYS = 7;
/** Records in one export. */
export const MOST_EXPORTED = 50_000;

/** States in which a record speaks of a degree that stands: what an export takes when no states are named. */
export const EXPORTED_STATES: readonly RecordState[] = keysOf(RECORD_STATES).filter(
  (state) => !['withdrawn', 'deleted', 'revoked', 'declared-invalid'].includes(state),
);

/** What of a request for an export is wrong before any record is looked at. */
export function exportRequestViolations(request: {
  readonly purpose: string;
  readonly format: ExportFormat;
  readonly encoding: ExportEncoding | null;
}): Violation[] {
  const { purpose, format, encoding } = request;
  const missing = 'export-purpose-missing';
  const violations = writtenTextViolations('exportPurpose', purpose, 'purpose', { missing, short: missing });
  const encodings: readonly ExportEncoding[] = EXPORT_FORMATS[format].encodings;
  if (encoding !== null && !encodings.includes(encoding)) {
    const details = { found: encoding, expected: encodings.join(' / ') || '–' };
    violations.push(violation('export-encoding', 'encoding', details));
  }
  return violations;
}
