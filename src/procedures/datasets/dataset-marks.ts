// The marks of the copies of a dataset (R18.1): every key is derived from the installation's, so that nothing has to be kept to find one again.
import { GIVEN_UP, isGivenUp, type MarkPlan, placeOfMark } from '../../regulation/datasets/watermark.ts';
import { type Marker, makeMarker } from '../../secrecy/keyed-marks.ts';
import type { World } from '../call.ts';

/** Which dataset. */
export interface MarkedDataset {
  readonly institution: string;
  readonly id: string;
}

/** The choices that all copies of a dataset have in common. */
export function datasetMarker(world: Pick<World, 'blindIndex'>, { institution, id }: MarkedDataset): Marker {
  return remembering(makeMarker(world.blindIndex(`${institution}/${id}`, 'dataset-marks')));
}

/** The marks of one reader's copy: a recipient, or an officer, by id. */
export function readerMarker(
  world: Pick<World, 'blindIndex'>,
  { institution, id }: MarkedDataset,
  readerId: string,
): Marker {
  return remembering(makeMarker(world.blindIndex(`${institution}/${id}/${readerId}`, 'dataset-copy')));
}

/** The same groups come again and again: their numbers are worked out once. */
function remembering(marker: Marker): Marker {
  const known = new Map<string, number>();
  return {
    name: marker.name,
    number(text) {
      const found = known.get(text);
      if (found !== undefined) return found;
      const number = marker.number(text);
      known.set(text, number);
      return number;
    },
  };
}

/** Makes the rows of a reader's copy: the name of the row, then its cells, some of them given up. */
export function copyMaker(
  { places, plan }: { places: ReadonlyMap<string, number>; plan: MarkPlan | null },
  dataset: Marker,
  reader: Marker,
): (row: readonly string[], sequence: number) => string[] {
  return (row, sequence) => {
    const cells = [reader.name(String(sequence)), ...row];
    if (!plan) return cells;
    const place = placeOfMark(plan, { places, row }, dataset.number);
    if (isGivenUp(plan, place, reader.number)) cells[1 + (places.get(place.column) ?? 0)] = GIVEN_UP;
    return cells;
  };
}
