// How certificates look (R11.7): layouts that do not hold are refused with what is wrong, one that does becomes a version, and pages are brought home.
import type { Kind } from './ledger.ts';
import { recordOf } from './records.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, type Story, StoryBroken } from './story.ts';

const kind = (id: string, code: string, zh: string, en: string): Kind => ({ id, code, zh, en });
const UNKNOWN = kind(
  'layout-unknown-field',
  'certificate-layout-unknown-field',
  '样式含未知字段',
  'a layout with an unknown field',
);
const OVERLAP = kind(
  'layout-overlap',
  'certificate-layout-overlap',
  '样式印章与照片重叠',
  'a layout with the seal on the photo',
);
const OUTSIDE = kind('layout-outside', 'certificate-layout-outside-page', '样式超出纸张', 'a layout beyond its page');

interface Layout {
  readonly page: { readonly width: number; readonly height: number };
  readonly fields: readonly { readonly text: string }[];
  readonly photo: { readonly x: number; readonly y: number } | null;
  readonly seal: { readonly x: number; readonly y: number; readonly diameter: number } | null;
}

const CODE = { x: 244, y: 170, size: 23 };

/** Adds a version with a layout of its own – ours with a code to scan – after wrong ones were refused. `template` is the input that added the version before. */
export async function layOut(story: Story, template: { readonly code: string }): Promise<void> {
  const document = `query($of: String!) { certificateTemplates(institution: $of, first: 100) {
    nodes { code version effectiveLayout } } }`;
  const data = await story.query(DEGREE_OFFICE, document, { of: INSTITUTION });
  const { nodes } = data.certificateTemplates as {
    nodes: { code: string; version: number; effectiveLayout: Layout }[];
  };
  const versions = nodes.filter(({ code }) => code === template.code).sort((one, other) => other.version - one.version);
  const layout = versions[0]?.effectiveLayout;
  if (!layout) throw new StoryBroken(`template ${template.code} is not there`);
  const attempt = (changes: object) => () =>
    story.act(DEGREE_OFFICE, 'addCertificateTemplate', { ...template, layout: { ...layout, ...changes } }, 'version');
  const fields = layout.fields.map((field) => ({ ...field, text: field.text.replace('{headName}', '{headNmae}') }));
  await story.refused(UNKNOWN, attempt({ fields }));
  const { photo, seal, page } = layout;
  if (photo && seal) await story.refused(OVERLAP, attempt({ seal: { ...seal, x: photo.x, y: photo.y } }));
  await story.refused(OUTSIDE, attempt({ qr: { ...CODE, x: page.width - 5 } }));
  const input = { ...template, layout: { ...layout, qr: CODE } };
  const done = await story.must(DEGREE_OFFICE, 'addCertificateTemplate', input, 'version');
  story.say(`  certificate template ${template.code}: version ${done.version} with a layout of its own`);
}

/** Samples of the newest templates and a specimen of the certificate of one person: PDFs without a seal, to look at. Returns name and path of each. */
export async function certificatePages(
  story: Story,
  certificateNumber: string,
): Promise<{ readonly name: string; readonly url: string }[]> {
  const document = `query($of: String!) { certificateTemplates(institution: $of, first: 100) {
    nodes { code version previewUrl } } }`;
  const data = await story.query(DEGREE_OFFICE, document, { of: INSTITUTION });
  const { nodes } = data.certificateTemplates as { nodes: { code: string; version: number; previewUrl: string }[] };
  const newest = new Map<string, { readonly version: number; readonly previewUrl: string }>();
  for (const one of nodes) if (one.version > (newest.get(one.code)?.version ?? 0)) newest.set(one.code, one);
  const record = await recordOf(story, DEGREE_OFFICE, certificateNumber);
  const specimen = await story.query(
    DEGREE_OFFICE,
    'query($id: ID!) { record(id: $id) { certificateSpecimenUrl certificateTemplateMatch { violations { code } } } }',
    { id: record?.id },
  );
  const { certificateSpecimenUrl } = specimen.record as { certificateSpecimenUrl: string };
  return [
    ...[...newest].map(([code, { previewUrl }]) => ({ name: `certificate-sample-${code}.pdf`, url: previewUrl })),
    { name: `certificate-specimen-${certificateNumber}.pdf`, url: certificateSpecimenUrl },
  ];
}
