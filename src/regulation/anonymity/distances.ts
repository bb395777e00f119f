// How far the values of a class are from those of the whole table: the earth mover's distances of Li, Li and Venkatasubramanian (ICDE 2007) for values without an order.
import { type Hierarchy, levelsOf } from './hierarchies.ts';

/** Distance (0–1) of two distributions over the same values; both sum to 1. */
export type Distance = (p: ArrayLike<number>, q: ArrayLike<number>) => number;

/** Every value is as far from every other (equal distance): half the sum of the differences. */
export function equalDistance(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < p.length; at++) sum += Math.abs((p[at] as number) - (q[at] as number));
  return sum / 2;
}

/**
 * Two values are as far apart as the height of their lowest common group (hierarchical distance): in each group what its
 * members can settle among themselves, times the height of the group over that of the tree.
 */
export function hierarchicalDistance(values: readonly string[], groups: Hierarchy): Distance {
  const height = groups.above.length;
  /** By level: for each node its group one level up. */
  const parents: Uint32Array[] = [];
  const sizes: number[] = [];
  let paths = values.map((value) => levelsOf(groups, value));
  for (let level = 1; level <= height; level++) {
    const place = new Map<string, number>();
    const firsts: string[][] = [];
    for (const path of paths) {
      const group = path[level] as string;
      if (place.has(group)) continue;
      place.set(group, place.size);
      firsts.push(path);
    }
    parents.push(Uint32Array.from(paths, (path) => place.get(path[level] as string) as number));
    sizes.push(place.size);
    paths = firsts;
  }
  return (p, q) => {
    let extra = Float64Array.from(p, (share, at) => share - (q[at] as number));
    let cost = 0;
    for (let level = 0; level < height; level++) {
      const parent = parents[level] as Uint32Array;
      const more = new Float64Array(sizes[level] as number);
      const less = new Float64Array(sizes[level] as number);
      for (let node = 0; node < extra.length; node++) {
        const group = parent[node] as number;
        const of = extra[node] as number;
        if (of > 0) more[group] = (more[group] as number) + of;
        else less[group] = (less[group] as number) - of;
      }
      const sums = new Float64Array(more.length);
      for (let group = 0; group < more.length; group++) {
        const [plus, minus] = [more[group] as number, less[group] as number];
        cost += ((level + 1) / height) * Math.min(plus, minus);
        sums[group] = plus - minus;
      }
      extra = sums;
    }
    return cost;
  };
}
