// The import table of the architecture: who may import whom, and which packages.
import type { Import } from './source-tree.ts';

interface Rule {
  /** Other rooms of src/ that may be imported. */
  readonly rooms: readonly string[];
  /** Packages, exact or as a prefix ending in `*`. */
  readonly packages: readonly string[];
}

const EVERYTHING: Rule = { rooms: ['*'], packages: ['*'] };

/** The law. A room may always import itself; `sealing/verify` is a room of its own inside `sealing`. */
export const RULES: Readonly<Record<string, Rule>> = {
  regulation: { rooms: [], packages: [] },
  // One package and no other: whoever verifies must be able to read everything that does it, in a browser and in the one file that lies in
  // every archive. WebCrypto hashes only by waiting, which for ten thousand short texts costs more than the hashing; a SHA-256 of our own
  // would be one that nobody but us looks after. @noble/hashes has no dependencies, is audited, and runs in both places.
  'sealing/verify': { rooms: [], packages: ['@noble/hashes'] },
  sealing: { rooms: ['sealing/verify'], packages: ['node:*', 'node-forge'] },
  secrecy: { rooms: [], packages: ['node:*', '@node-rs/argon2'] },
  files: { rooms: [], packages: ['node:*', 'csv-parse', 'yauzl', 'yazl', 'saxes', 'file-type'] },
  documents: { rooms: ['regulation'], packages: ['node:*', 'pdfkit', 'fontkit', 'qrcode', '@expo-google-fonts/*'] },
  store: {
    rooms: ['regulation', 'secrecy', 'generated'],
    packages: ['node:*', '@prisma/*', 'pg', '@electric-sql/pglite'],
  },
  procedures: {
    rooms: ['regulation', 'sealing', 'sealing/verify', 'secrecy', 'files', 'documents', 'store'],
    packages: ['node:*'],
  },
  graphql: {
    rooms: ['regulation', 'procedures', 'store', 'secrecy', 'sealing/verify', 'files', 'generated'],
    packages: ['node:*', 'graphql', '@pothos/*'],
  },
  http: {
    rooms: ['graphql', 'procedures', 'regulation', 'secrecy', 'files', 'store'],
    packages: ['node:*', 'graphql', 'graphql-yoga', '@graphql-yoga/render-graphiql'],
  },
  trial: EVERYTHING,
  commands: EVERYTHING,
  '': EVERYTHING,
};

/** Rooms that only the command line may enter. */
const EDGES = ['trial', 'commands'];
const MAY_ENTER_EDGES = ['', 'commands', 'trial'];

/** The room of a path below src/: the longest rule that fits; '' for the files at its top. */
export function roomOf(path: string): string {
  const inside = path.replace(/^src\//, '');
  if (inside.startsWith('sealing/verify/')) return 'sealing/verify';
  return inside.includes('/') ? (inside.split('/')[0] ?? '') : '';
}

/** What breaks the law among some imports, one sentence each. */
export function brokenRules(imports: readonly Import[]): string[] {
  return imports.flatMap((one) => {
    const room = roomOf(one.file);
    const rule = RULES[room];
    if (!rule) return [`${one.file}: the room ${room} is not in the import table`];
    if (one.kind === 'package') {
      return fits(one.target, rule.packages) ? [] : [`${one.file}: ${room} may not import the package ${one.target}`];
    }
    const other = roomOf(one.target);
    if (!one.target.startsWith('src/')) return [`${one.file}: src may not import ${one.target}`];
    if (other === room) return [];
    if (EDGES.includes(other) && !MAY_ENTER_EDGES.includes(room))
      return [`${one.file}: only the command line may import ${other}`];
    return fits(other, rule.rooms)
      ? []
      : [`${one.file}: ${room || 'the top'} may not import ${other || 'the top'} (${one.target})`];
  });
}

function fits(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));
}
