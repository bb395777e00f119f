// Article 18: analysis datasets in which nobody can be found again.
import { expect, test } from 'vitest';
import { anonymise } from '../../../src/regulation/anonymity/anonymise.ts';

test('Article 18: a small table is generalised until everybody looks like another', () => {
  const sex = ['1', '2', '1', '2', '1', '1'];
  const birthDate = ['2001-01-01', '2001-01-02', '2001-01-02', '2001-01-02', '2001-02-01', '2001-01-01'];
  const work = anonymise(
    {
      fields: ['sex', 'birthDate', 'politicalStatus'],
      rows: 6,
      columns: [sex, birthDate, ['01', '03', '13', '03', '01', '03']],
    },
    { k: 2, l: 2, t: null, mostSuppressed: 0 },
  );
  for (let step = work.next(); ; step = work.next()) {
    if (step.done !== true) continue;
    expect(step.value.possible && step.value.report.after.smallestClass).toBeGreaterThanOrEqual(2);
    break;
  }
});
