// Which tests a test file has, read from its syntax tree: their names, whether they are skipped, and whether they run everywhere.
import { parseAst } from 'vitest/node';

/** A test, or a group of tests, as it stands in a file. */
export interface NamedTest {
  /** The name; `…` where a part is known only when it runs. */
  readonly name: string;
  readonly kind: 'test' | 'group';
  /** `.skip` or `.todo`, also of a group around it. */
  readonly skipped: boolean;
  /** `.skipIf` or `.runIf`, also of a group around it: not everywhere. */
  readonly conditional: boolean;
  /** Of a group: how many tests in it are not skipped. */
  readonly live: number;
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const GROUPS = ['describe'];
const TESTS = ['it', 'test'];

/** `it.skipIf(x).each(y)(name, …)` → the word and its modifiers; null for any other call. */
function wordsOf(callee: Node): string[] | null {
  if (callee.type === 'Identifier') return [callee.name as string];
  if (callee.type === 'CallExpression') return wordsOf(callee.callee as Node);
  if (callee.type === 'TaggedTemplateExpression') return wordsOf(callee.tag as Node);
  if (callee.type !== 'MemberExpression' || callee.computed) return null;
  const words = wordsOf(callee.object as Node);
  return words && [...words, (callee.property as Node).name as string];
}

/** The text of a name; of a call that decorates one (`needing('qpdf', '…')`) the longest text in it. */
function nameOf(node: Node | undefined): string | null {
  if (!node) return null;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral') {
    const quasis = node.quasis as { value: { cooked: string } }[];
    return quasis.map(({ value }) => value.cooked).join('…');
  }
  if (node.type !== 'CallExpression') return null;
  const names = (node.arguments as Node[]).flatMap((each) => nameOf(each) ?? []);
  return names.sort((one, other) => other.length - one.length)[0] ?? null;
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value) => {
    const all = Array.isArray(value) ? value : [value];
    return all.filter((each): each is Node => typeof each === 'object' && each !== null && 'type' in each);
  });
}

interface Around {
  readonly skipped: boolean;
  readonly conditional: boolean;
}

/** Every test and group of a file, in its order. @throws {SyntaxError} the text is no TypeScript */
export function namedTests(text: string): NamedTest[] {
  const found: NamedTest[] = [];
  const visit = (node: Node, around: Around): number => {
    const call = node.type === 'CallExpression' ? node : null;
    const words = call && wordsOf(call.callee as Node);
    const [word = ''] = words ?? [];
    const args = (call?.arguments ?? []) as Node[];
    const name = GROUPS.includes(word) || TESTS.includes(word) ? nameOf(args[0]) : null;
    // `it.each(table)` by itself is not the test: the call around it is.
    const body = args.find(({ type }) => type === 'ArrowFunctionExpression' || type === 'FunctionExpression');
    const todo = words?.includes('todo') === true;
    if (!words || name === null || (!body && !todo)) return visitAll(childrenOf(node), around);
    const here = {
      skipped: around.skipped || todo || words.includes('skip'),
      conditional: around.conditional || words.includes('skipIf') || words.includes('runIf'),
    };
    const kind = GROUPS.includes(word) ? 'group' : 'test';
    const place = found.push({ name, kind, ...here, live: 0 }) - 1;
    const inside = visitAll(childrenOf(node), here);
    const live = kind === 'test' ? (here.skipped ? 0 : 1) : inside;
    found[place] = { name, kind, ...here, live };
    return live;
  };
  const visitAll = (nodes: readonly Node[], around: Around): number =>
    nodes.reduce((sum, node) => sum + visit(node, around), 0);
  visit(parseAst(text, { lang: 'ts' }) as unknown as Node, { skipped: false, conditional: false });
  return found;
}
