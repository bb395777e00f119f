// Our own layouts (R11.7): what an institution begins with, and what a template from before layouts had rules is printed with.

import type { Category, Level } from '../vocabulary.ts';
import { type CertificateLayout, LAYOUT_FORMAT } from './certificate-layout.ts';
import { hasFormat, readLayoutShape } from './certificate-layout-shape.ts';

/** The templates that a default layout serves. */
export interface LayoutBasis {
  readonly level: Level;
  readonly categories: readonly Category[];
}

const TITLES: Readonly<Record<Level, string>> = { bachelor: '学士学位证书', master: '硕士学位证书' };

/** Who the person is and what was passed, up to the law: one sentence for categories that share it, the widest where they do not. */
function studied({ level, categories }: LayoutBasis): string {
  const only = (...wanted: Category[]) => categories.every((category) => wanted.includes(category));
  const person = only('international-student-bachelor')
    ? '{name}，{sex}，{country}国籍，{birthDate}生。'
    : '{name}，{sex}，{birthDate}生。';
  const where = '在{institutionName}{disciplineName}';
  if (level === 'bachelor') {
    const plan = only('adult-education-bachelor') ? '成人高等教育本科学习计划' : '本科学习计划';
    return `${person}${where}专业完成了${plan}，业已毕业，经审核符合`;
  }
  const passed = '已通过硕士学位的课程考试和论文答辩，成绩合格。根据';
  if (only('equivalent-education-master')) return `${person}具有研究生毕业同等学力，${where}学科（专业）${passed}`;
  if (only('professional-master')) {
    return `${person}${where}专业学位领域已通过硕士专业学位的课程考试和学位论文（实践成果）答辩，成绩合格。根据`;
  }
  return `${person}${where}学科（专业）${passed}`;
}

/** The layout for a level and its categories: an A4 page across, with photo and place of the seal, without background or code. */
export function defaultLayout(basis: LayoutBasis): CertificateLayout {
  const kai = { face: 'kaiti', size: 16, lineHeight: 26 } as const;
  const json = {
    format: LAYOUT_FORMAT,
    page: { width: 297, height: 210, orientation: 'landscape' },
    fields: [
      {
        ...{ text: TITLES[basis.level], face: 'title', size: 36, align: 'center', letterSpacing: 14 },
        ...{ x: 48.5, y: 24, width: 200 },
      },
      {
        ...{ text: `${studied(basis)}{lawName}的规定，授予{degreeName}学位。`, face: 'kaiti', size: 18, minSize: 13 },
        ...{ x: 84, y: 58, width: 183, lines: 5, lineHeight: 32, align: 'justify', indent: 2 },
      },
      { ...kai, text: '校（院、所）长：', x: 34, y: 126, width: 66, align: 'right' },
      { ...kai, text: '{headName}', x: 101, y: 126, width: 62, minSize: 10 },
      { ...kai, text: '学位评定委员会主席：', x: 34, y: 141, width: 66, align: 'right' },
      { ...kai, text: '{chairName}', x: 101, y: 141, width: 62, minSize: 10 },
      { ...kai, text: '{institutionName}', x: 172, y: 126, width: 95, minSize: 10, align: 'center' },
      { ...kai, text: '{conferralDate}', x: 172, y: 141, width: 95, align: 'center' },
      { text: '证书编号：{certificateNumber}', x: 34, y: 174, width: 110, face: 'fangsong', size: 13 },
    ],
    photo: { x: 34, y: 59, width: 36, height: 50 },
    seal: { x: 198.5, y: 117, diameter: 42 },
  };
  return readLayoutShape(json).layout;
}

/** The layout with which a template is printed: its own, or ours where it has none of the format. */
export function layoutOf(template: LayoutBasis & { readonly layout: unknown }): CertificateLayout {
  return hasFormat(template.layout) ? readLayoutShape(template.layout).layout : defaultLayout(template);
}
