// The calls of `violation` in a source text, read from its syntax tree: which code, and whether what was found or expected is given.
import { parseAst } from 'vitest/node';

/** A call of `violation`. */
export interface ViolationCall {
  /** The code; null when it is decided at run time. */
  readonly code: string | null;
  /** Found or expected is given, or comes from somewhere else, where the compiler sees it. */
  readonly tells: boolean;
  /** The last name of the path, without brackets; null when it is decided at run time. */
  readonly place: string | null;
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Whether details tell something: an object with `found` or `expected`, also spread into it; a name of something else is left to the compiler. */
function tells(details: Node | undefined): boolean {
  if (!details) return false;
  if (details.type !== 'ObjectExpression') return true;
  return (details.properties as Node[]).some((property) => {
    if (property.type === 'SpreadElement') return tells(property.argument as Node);
    return ['found', 'expected'].includes(String((property.key as Node).name));
  });
}

/** `records[${at}].resolution` → `resolution`. */
function placeOf(path: Node | undefined): string | null {
  if (path?.type === 'Literal') return String(path.value).split('.').at(-1) ?? null;
  if (path?.type !== 'TemplateLiteral') return null;
  const last = (path.quasis as { value: { cooked: string } }[]).at(-1)?.value.cooked ?? '';
  return last.includes('.') ? (last.split('.').at(-1) ?? null) : null;
}

/** Every call in a text, in its order. @throws {SyntaxError} the text is no TypeScript */
export function violationCalls(text: string): ViolationCall[] {
  const calls: ViolationCall[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    if (typeof value !== 'object' || value === null || !('type' in value)) return;
    const node = value as Node;
    const callee = node.callee as Node | undefined;
    if (node.type === 'CallExpression' && callee?.type === 'Identifier' && callee.name === 'violation') {
      const [code, path, details] = node.arguments as Node[];
      calls.push({
        code: code?.type === 'Literal' ? String(code.value) : null,
        ...{ tells: tells(details), place: placeOf(path) },
      });
    }
    for (const each of Object.values(node)) visit(each);
  };
  visit(parseAst(text, { lang: 'ts' }));
  return calls;
}
