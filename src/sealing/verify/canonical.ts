// Canonical JSON (RFC 8785): the one spelling of a value, over which digests and seals are made.

/** A value that JSON can hold. Read-only, so that ordinary objects and arrays fit. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/** A value has no canonical spelling: not a finite number, a lone surrogate, or not JSON at all (RFC 8785 section 3.2.2). */
export class CanonicalProblem extends Error {
  override readonly name = 'CanonicalProblem';
  readonly zh: string;
  readonly en: string;

  /** @param found what was met, named in both languages */
  constructor(found: { zh: string; en: string }) {
    super(`No canonical JSON for ${found.en}.`);
    this.zh = `无法规范化为 JSON：${found.zh}。`;
    this.en = this.message;
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;
/** Printable ASCII without quotation mark and backslash: spelled as it is. Most texts of an import are of this kind. */
const PLAIN = /^[ !#-[\]-~]*$/;

function text(value: string): string {
  if (PLAIN.test(value)) return `"${value}"`;
  if (LONE_SURROGATE.test(value)) throw new CanonicalProblem({ zh: '不成对的代理字符', en: 'a lone surrogate' });
  return JSON.stringify(value);
}

function members(value: { readonly [key: string]: JsonValue | undefined }): string {
  let out = '';
  // Default sort compares UTF-16 code units, which is what RFC 8785 section 3.2.3 asks for.
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    out += `${out === '' ? '' : ','}${text(key)}:${canonicalize(member)}`;
  }
  return `{${out}}`;
}

/**
 * The canonical text of a JSON value (RFC 8785): members sorted by UTF-16 code units, ECMAScript numbers, no spaces.
 * Members whose value is `undefined` are left out, as JSON.stringify does.
 * @throws {CanonicalProblem} for NaN, infinities, lone surrogates and values that are not JSON
 */
export function canonicalize(value: JsonValue): string {
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'number':
      if (!Number.isFinite(value)) throw new CanonicalProblem({ zh: '非有限数', en: 'a number that is not finite' });
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map(canonicalize).join(',')}]`;
      const prototype = Object.getPrototypeOf(value);
      // A Date or a Map would silently become {}: refuse what is not a plain object.
      if (prototype !== null && Object.getPrototypeOf(prototype) !== null) break;
      return members(value as { readonly [key: string]: JsonValue | undefined });
    }
  }
  throw new CanonicalProblem({ zh: `类型 ${typeof value}`, en: `a value of type ${typeof value}` });
}

const encoder = new TextEncoder();

/** UTF-8 bytes of {@link canonicalize}. @throws {CanonicalProblem} */
export function canonicalBytes(value: JsonValue): Uint8Array {
  return encoder.encode(canonicalize(value));
}
