// What a house keeps of classified theses: a declassification of a filed record's person, and one that was withdrawn. The province sees neither.
import { declassify, withdrawDeclassification } from '../../src/procedures/secrecy/declassify.ts';
import { type House, paperOf } from './houses.ts';
import type { TestWorld } from './world.ts';

/** Records both; every text bears the mark of what only the institution sees. */
export async function declassifyIn(test: TestWorld, house: House, number: string): Promise<void> {
  const { code: institution, marks, collector } = house;
  const paper = () => paperOf(test, house, collector, 'declassification', marks.unreported);
  const record = async (of: string, scanDigest: string) =>
    declassify(test.callAs(collector), {
      ...{ institution, category: 'regular-bachelor', number: of, form: 'thesis', decidedOn: '2026-06-01', scanDigest },
      ...{ authority: `${marks.unreported}保密委员会`, responsiblePerson: `${marks.unreported}某` },
      documentNumber: `${marks.unreported}保密〔2026〕3号`,
    });
  await record(number, await paper());
  const { declassificationId } = await record('2022999999', await paper());
  await withdrawDeclassification(test.callAs(collector), {
    ...{ institution, declassificationId, ground: 'classified-again', on: '2026-07-01', scanDigest: await paper() },
    documentNumber: `${marks.unreported}保密〔2026〕4号`,
  });
}
