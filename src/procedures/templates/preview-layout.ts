// A layout to look at before it is saved (R11.7): judged as when it is added, printed with an invented person, kept nowhere.
import { type SampleName, sampleRecord } from '../../regulation/templates/certificate-samples.ts';
import { certificateValues } from '../../regulation/templates/certificate-values.ts';
import { templateViolations } from '../../regulation/templates/templates.ts';
import { CATEGORIES, type Category } from '../../regulation/vocabulary.ts';
import { findInstitution } from '../../store/offices/institutions.ts';
import type { Call } from '../call.ts';
import { NotFound, Refused } from '../errors.ts';
import { todayOf } from '../situation.ts';
import { requireMayAct, requireWithin, targetIn } from '../target.ts';
import { type CertificatePage, printPage } from './certificate-pages.ts';
import { layoutToKeep } from './template-layout.ts';

/** A layout for some categories of one level; the first of them is shown. */
export interface PreviewLayoutInput {
  readonly institution: string;
  readonly categories: readonly [Category, ...Category[]];
  readonly layout: object;
  readonly sample: SampleName;
}

/**
 * The page of an unsaved layout, by who may add templates.
 * @throws {Refused} everything that is wrong with it. {Forbidden}, also when there is no such institution
 */
export async function previewLayout(
  call: Pick<Call, 'world' | 'actor'>,
  input: PreviewLayoutInput,
): Promise<CertificatePage> {
  const { institution, categories, sample } = input;
  const { world } = call;
  const db = world.db.prisma;
  await requireWithin(db, call, 'add-certificate-template', institution);
  requireMayAct(call, 'add-certificate-template', await targetIn(db, institution));
  const of = await findInstitution(db, institution);
  if (!of) throw new NotFound('institution', institution);
  const { name: institutionName, headName, chairName } = of;
  const [category] = categories;
  const { level } = CATEGORIES[category];
  const template = { ...{ code: '样式', version: 1, name: '样式' }, level, categories, validUntil: null };
  const conferralDate = todayOf(world);
  const { layout, violations } = await layoutToKeep(db, world, institution, { ...template, layout: input.layout });
  const wrong = [...templateViolations({ ...template, validFrom: conferralDate }), ...violations];
  if (wrong.length > 0) throw new Refused(wrong);
  const basis = { institution, institutionName, headName, chairName, category, conferralDate };
  const content = {
    ...({ layout, kind: 'sample', photo: null, title: '学位证书版式预览', template: '未保存' } as const),
    values: certificateValues(sampleRecord(basis, sample), { institutionName }),
    machineData: { format: 'vermilion-certificate-specimen/1', official: false, template: null, sample },
  };
  return printPage(world, institution, '学位证书版式预览.pdf', content, new Date(`${conferralDate}T00:00:00+08:00`));
}
