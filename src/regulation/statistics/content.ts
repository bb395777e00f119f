// What a publication of statistics says: the protected cells of one institution and year with the words for their rows and columns.

import { CATEGORIES, type Category, isKeyOf, keysOf, LEVELS } from '../vocabulary.ts';
import { dimensionOf } from './cube.ts';
import {
  AXES,
  DIMENSIONS,
  type Dimension,
  FIELDS_OF_LEARNING,
  fieldOf,
  LAYERS,
  NATIONALITIES,
  SEXES,
} from './dimensions.ts';
import type { SafeCube } from './protect.ts';

/** A row or column: `category:academic-master` with its words, and the node it is summed up in, if any. */
export interface Node {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly parent: string | null;
}

/** The figures of one institution and year, as they are published or looked at before. */
export interface StatisticsContent extends SafeCube {
  readonly year: number;
  /** In the order in which tables show them. */
  readonly nodes: readonly Node[];
}

/** The words of a node. `names` are those of disciplines, by code, as the records have them. */
function wordsOf(key: string, names: ReadonlyMap<string, string>): { zh: string; en: string; parent: string | null } {
  const code = key.slice(key.indexOf(':') + 1);
  switch (dimensionOf(key)) {
    case 'category': {
      const { zh, en, level } = CATEGORIES[code as Category];
      return { zh, en, parent: `level:${level}` };
    }
    case 'level':
      return isKeyOf(LEVELS, code) ? { ...wordOf(LEVELS[code]), parent: null } : plain(code);
    case 'field':
      return { ...(FIELDS_OF_LEARNING[code] ?? { zh: code, en: code }), parent: null };
    case 'discipline': {
      const name = `${code} ${names.get(code) ?? ''}`.trim();
      return { zh: name, en: name, parent: `field:${fieldOf(code)}` };
    }
    case 'sex':
      return isKeyOf(SEXES, code) ? { ...wordOf(SEXES[code]), parent: null } : plain(code);
    case 'nationality':
      return isKeyOf(NATIONALITIES, code) ? { ...wordOf(NATIONALITIES[code]), parent: null } : plain(code);
    default:
      return plain(code);
  }
}

const wordOf = ({ zh, en }: { zh: string; en: string }): { zh: string; en: string } => ({ zh, en });
const plain = (code: string): { zh: string; en: string; parent: null } => ({ zh: code, en: code, parent: null });

/** The order of nodes in a table: that of the closed tables, disciplines by code. */
const ORDER: Readonly<Partial<Record<Dimension, readonly string[]>>> = {
  level: keysOf(LEVELS),
  category: keysOf(CATEGORIES),
  sex: keysOf(SEXES),
  nationality: keysOf(NATIONALITIES),
};

/** Puts the words to a protected cube. */
export function contentOf(year: number, safe: SafeCube, names: ReadonlyMap<string, string>): StatisticsContent {
  const keys = new Set(safe.cells.flatMap(({ key }) => (key === '' ? [] : key.split('|'))));
  const layers = AXES.flatMap((axis) => [...LAYERS[axis]].reverse());
  const nodes = layers.flatMap((dimension) => {
    const order = ORDER[dimension];
    const own = [...keys].filter((key) => dimensionOf(key) === dimension).sort();
    const place = (key: string): number => order?.indexOf(key.slice(dimension.length + 1)) ?? 0;
    return own.sort((a, b) => place(a) - place(b)).map((key): Node => ({ key, ...wordsOf(key, names) }));
  });
  return { year, ...safe, nodes };
}

/** Whether two say the same figures; the words may have changed. */
export function sameFigures(one: SafeCube, other: SafeCube): boolean {
  const text = ({ cells, withheld }: SafeCube) =>
    JSON.stringify([cells.map(({ key, count }) => [key, count]), [...withheld]]);
  return text(one) === text(other);
}

/** The words of a dimension. */
export function dimensionWords(dimension: Dimension): { zh: string; en: string } {
  return wordOf(DIMENSIONS[dimension]);
}
