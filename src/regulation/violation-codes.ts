// Every way a rule can be broken: code → article and the sentence for people. `{label}` is the name of the field.

interface Entry {
  readonly article: string;
  readonly zh: string;
  readonly en: string;
}

/** The closed table of violation codes, shared by rules, procedures, GraphQL and docs. */
export const VIOLATION_CODES = {
  'field-missing': { article: '8', zh: '缺少必填项“{label}”。', en: 'The mandatory field {label} is missing.' },
  'field-not-of-level': { article: '8', zh: '“{label}”不属于该层次或类别，不得填写。', en: '{label} does not belong to this level or category.' },
} as const satisfies Record<string, Entry>;
export type ViolationCode = keyof typeof VIOLATION_CODES;
