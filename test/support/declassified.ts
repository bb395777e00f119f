// Declassifications in tests: an approval uploaded and recorded, by the sample officers.
import { type DeclassifyInput, declassify } from '../../src/procedures/secrecy/declassify.ts';
import { paper } from './cases.ts';
import { HERE, type TestWorld } from './world.ts';

/** Records a declassification of this person; `changes` say what is particular. Returns its id. */
export async function declassified(
  test: TestWorld,
  number: string,
  changes: Partial<DeclassifyInput> = {},
  as = 'jiaowu.cai',
): Promise<string> {
  const { declassificationId } = await declassify(test.callAs(as), {
    ...(await declassification(test, number, as)),
    ...changes,
  });
  return declassificationId;
}

/** What an officer records: only the information was processed, approved on the first of June 2026. */
export async function declassification(test: TestWorld, number: string, as = 'jiaowu.cai'): Promise<DeclassifyInput> {
  return {
    ...{ institution: HERE, category: as.startsWith('yanjiu') ? 'academic-master' : 'regular-bachelor', number },
    ...{ form: 'information', authority: '聊城大学保密委员会', responsiblePerson: '孙保民' },
    ...{ documentNumber: '聊大保密〔2026〕3号', decidedOn: '2026-06-01' },
    scanDigest: await paper(test, as, 'declassification', 'approval'),
  };
}
