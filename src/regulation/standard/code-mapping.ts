// Which texts may stand for which codes (R7.1): an officer's decision that every later import follows, so it is held to rules.
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';
import { mappingKey } from './cells.ts';
import type { ExtraCodes } from './codes.ts';
import { entriesOf, isCodeTable } from './codes.ts';
import { isPlainText, textColumn } from './text-columns.ts';

type Key = 'codeTable' | 'value' | 'code' | 'count' | 'proposals';

/** The columns of a file of mappings; the last two are for the reader of the download alone. */
export const MAPPING_TEMPLATE = [
  textColumn<Key>('codeTable', '代码表', 'code table', { required: true }),
  textColumn<Key>('value', '原值', 'value', { required: true }),
  textColumn<Key>('code', '代码', 'code', { required: true }),
  textColumn<Key>('count', '行数', 'rows'),
  textColumn<Key>('proposals', '建议', 'proposals'),
];

/** A text, the table whose code it stands for, and the code. */
export interface Mapping {
  readonly codeTable: string;
  readonly value: string;
  readonly code: string;
}

/** Mappings in one submission. */
export const MOST_MAPPINGS = 500;
const LONGEST_VALUE = 60;

/** Eight digits in a row: a number of a person that strayed into a column of codes (R21.1). Majors and certificates have shorter ones. */
const PERSONAL = /\d{8,}/;

/** Whether a text may be listed and remembered as something that people write for a code. */
export function isMappable(value: string): boolean {
  return isPlainText(value, LONGEST_VALUE) && !PERSONAL.test(value);
}

/** Everything wrong with mappings that are to be remembered; paths read `mappings[3].value`. */
export function mappingViolations(mappings: readonly Mapping[], codes: ExtraCodes): Violation[] {
  if (mappings.length > MOST_MAPPINGS) {
    const details = { found: String(mappings.length), expected: `≤ ${MOST_MAPPINGS}` };
    return [violation('too-many-mappings', 'mappings', details)];
  }
  const seen = new Set<string>();
  return mappings.flatMap(({ codeTable, value, code }, at) => {
    const path = (key: Key) => `mappings[${at}].${key}`;
    if (!isCodeTable(codeTable))
      return [violation('code-table-unknown', path('codeTable'), { found: codeTable.slice(0, 60) })];
    const text = mappingKey(value);
    const violations: Violation[] = [];
    if (!isMappable(text))
      violations.push(violation('mapping-value-malformed', path('value'), { expected: `1 … ${LONGEST_VALUE}` }));
    const doubled = seen.has(`${codeTable} ${text}`);
    seen.add(`${codeTable} ${text}`);
    if (doubled) violations.push(violation('mapping-doubled', path('value'), { found: text.slice(0, LONGEST_VALUE) }));
    // A code that was replaced may stand for the new one; a text that still holds stands for itself alone.
    if (entriesOf(codeTable, text, codes).some((entry) => entry.validUntil === undefined)) {
      violations.push(violation('mapping-value-is-code', path('value'), { found: text.slice(0, LONGEST_VALUE) }));
    }
    if (!entriesOf(codeTable, code, codes).some((entry) => entry.code === code)) {
      violations.push(violation('mapping-code-unknown', path('code'), { found: code.slice(0, LONGEST_VALUE) }));
    }
    if (codes.mappings.get(codeTable)?.get(text)?.code === code) {
      violations.push(violation('mapping-unchanged', path('value'), { found: text, expected: code }));
    }
    return violations;
  });
}
