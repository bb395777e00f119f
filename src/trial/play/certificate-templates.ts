// The certificate templates of the university, put into the register before anything is checked (R11.7).
import type { Category, Level } from '../../regulation/vocabulary.ts';
import { layOut } from './certificate-layouts.ts';
import type { PlayedGroup } from './collect-group.ts';
import type { Kind } from './ledger.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, officersOf, type Story, upper } from './story.ts';

interface Sample {
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  readonly categories: readonly Category[];
}

const TEMPLATES: readonly Sample[] = [
  {
    ...{ code: 'XS-PT', name: '普通高等教育学士学位证书', level: 'bachelor' },
    categories: ['regular-bachelor', 'international-student-bachelor'],
  },
  { code: 'XS-CR', name: '成人高等教育学士学位证书', level: 'bachelor', categories: ['adult-education-bachelor'] },
  {
    ...{ code: 'SS', name: '硕士学位证书', level: 'master' },
    categories: ['academic-master', 'professional-master', 'equivalent-education-master'],
  },
];

/** The template that gets a layout of its own. */
const LAID_OUT = 'XS-PT';

/** Adds the templates in force from the first day of the year; in a second year they are there already and get their next version. */
export async function addTemplates(story: Story, year: number): Promise<void> {
  for (const { code, name, level, categories } of TEMPLATES) {
    const input = {
      ...{ institution: INSTITUTION, code, name, level: upper(level), categories: categories.map(upper) },
      validFrom: `${year}-01-01`,
    };
    await story.must(DEGREE_OFFICE, 'addCertificateTemplate', input, 'version');
    if (code === LAID_OUT) await layOut(story, input);
  }
}

/** Cross-checks a group (a simulation) while no template is in force for it; in a second year there is one. */
export async function checkWithoutTemplate(story: Story, { batch, delivery }: PlayedGroup): Promise<void> {
  const document = `query($on: Date!) { certificateTemplates(institution: "${INSTITUTION}", inForceOn: $on, first: 1) {
    nodes { id } } }`;
  const data = await story.query(DEGREE_OFFICE, document, { on: delivery.sitting.decidedOn });
  if ((data.certificateTemplates as { nodes: object[] }).nodes.length > 0) return;
  const kind: Kind = {
    ...{ id: 'no-template', code: 'certificate-template-none' },
    ...{ zh: '没有可用的证书样式', en: 'no certificate template in force' },
  };
  const { checker } = officersOf(delivery.group.category);
  const input = { batch, errorPolicy: 'ALL_OR_NOTHING', simulate: true };
  await story.refused(kind, () => story.act(checker, 'crossCheckRecords', input, 'checked'));
}
