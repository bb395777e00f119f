// Which fields a dataset may be asked for (R18.1): the roles are those of the engine, the answers those of a request.
import { DATASET_FIELD_NAMES, DATASET_FIELDS, isDatasetField, mayLeave } from '../anonymity/dataset-fields.ts';
import { FIELDS, isFieldName } from '../standard/fields.ts';
import type { Violation } from '../violations.ts';
import { violation } from '../violations.ts';

const CATEGORY = { zh: '学位类别（第四条）', en: 'category' };

/** What a field is called. */
export function datasetFieldWords(field: string): { zh: string; en: string } {
  if (isFieldName(field)) return { zh: FIELDS[field].zh, en: FIELDS[field].en };
  return field === 'category' ? CATEGORY : { zh: field, en: field };
}

/** Everything that is wrong with a list of fields: each direct identifier has an answer of its own. */
export function datasetFieldViolations(fields: readonly string[]): Violation[] {
  if (fields.length === 0) return [violation('dataset-fields-missing', 'fields', { found: '0', expected: '≥ 1' })];
  return fields.flatMap((field, at) => {
    const path = `fields[${at}]`;
    const label = datasetFieldWords(field);
    if (!isDatasetField(field)) {
      const expected = DATASET_FIELD_NAMES.filter(mayLeave).join(', ');
      return [violation('dataset-field-unknown', path, { found: field.slice(0, 60), expected })];
    }
    const role = DATASET_FIELDS[field];
    return [
      ...(role.role === 'direct'
        ? [violation('dataset-field-identifier', path, { label, found: `${role.why.zh} (${role.why.en})` })]
        : []),
      ...(fields.indexOf(field) < at ? [violation('dataset-field-twice', path, { label, found: field })] : []),
    ];
  });
}
