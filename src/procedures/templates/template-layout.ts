// The layout that a new template is kept with (R11.7): judged with the installed typefaces and the uploaded background, or our own.
import { setField } from '../../documents/certificate/certificate-set.ts';
import { codeName, type FontSet, MissingGlyph, unprintable } from '../../documents/fonts/fonts.ts';
import { readRaster } from '../../documents/pdf/raster.ts';
import { defaultLayout, type LayoutBasis } from '../../regulation/templates/certificate-defaults.ts';
import type { CertificateLayout } from '../../regulation/templates/certificate-layout.ts';
import { judgeLayout } from '../../regulation/templates/certificate-layout-rules.ts';
import type { ReadLayout } from '../../regulation/templates/certificate-layout-shape.ts';
import { piecesOf } from '../../regulation/templates/certificate-placeholders.ts';
import { type Violation, violation } from '../../regulation/violations.ts';
import type { Transaction } from '../../store/database/transaction.ts';
import { readFile } from '../../store/stored-files.ts';
import type { World } from '../call.ts';

/** A layout as it will be kept, with everything that is wrong with what was given. */
export interface JudgedLayout {
  readonly layout: CertificateLayout;
  readonly violations: readonly Violation[];
  /** SHA-256 of the uploaded files it rests on. */
  readonly files: readonly string[];
}

/**
 * Judges a given layout; nothing or an empty object stands for ours, which is then kept in full, so that a later release changes nothing.
 */
export async function layoutToKeep(
  tx: Pick<Transaction, 'storedFile' | 'keptFile'>,
  world: Pick<World, 'fonts' | 'cipher'>,
  institution: string,
  template: LayoutBasis & { readonly layout?: object | null | undefined },
): Promise<JudgedLayout> {
  const { layout: given } = template;
  if (given === undefined || given === null || Object.keys(given).length === 0) {
    return { layout: defaultLayout(template), violations: [], files: [] };
  }
  const fonts = await world.fonts();
  const nameOf = (text: string) => unprintable(fonts, text).map(({ codePoint }) => codeName(codePoint));
  const judged = judgeLayout(given, { categories: template.categories, unprintable: nameOf });
  const { layout, violations } = judged;
  const files = layout.background === null ? [] : [layout.background.fileDigest];
  return {
    layout,
    violations: [
      ...violations,
      ...fixedTextViolations(fonts, judged),
      ...(await backgroundViolations(tx, world, institution, layout)),
    ],
    files,
  };
}

/** A text without placeholders is the same on every certificate: that it fits is known now. */
function fixedTextViolations(fonts: FontSet, { layout, places }: ReadLayout): Violation[] {
  return layout.fields.flatMap((field, at) => {
    const { text } = field;
    const unread = Object.values(field).some((value) => Number.isNaN(value)) || unprintable(fonts, text).length > 0;
    // What could not be read or printed has been named already.
    if (unread || piecesOf(text).some((piece) => 'word' in piece)) return [];
    const path = `layout.fields[${places[at]}].text`;
    try {
      if (setField(fonts, field, [text]) !== null) return [];
      return [violation('certificate-layout-text-too-long', path, { found: `${[...text].length}` })];
    } catch (error) {
      // Printable, but by no typeface that stands in for the one of the field.
      if (!(error instanceof MissingGlyph)) throw error;
      const found = error.characters.map(({ codePoint }) => codeName(codePoint)).join(' ');
      return [violation('certificate-layout-unprintable', path, { found })];
    }
  });
}

async function backgroundViolations(
  tx: Pick<Transaction, 'storedFile' | 'keptFile'>,
  world: Pick<World, 'cipher'>,
  institution: string,
  { background }: CertificateLayout,
): Promise<Violation[]> {
  if (background === null) return [];
  const path = 'layout.background.fileDigest';
  const unusable = (found: string | undefined) => [
    violation('certificate-background-unusable', path, { found, expected: 'JPEG / PNG' }),
  ];
  const asked = { institution, digest: background.fileDigest, kinds: ['certificate-background'] };
  const file = await readFile(tx, asked, world.cipher);
  if (file === null) return unusable(undefined);
  const raster = readRaster(file.bytes);
  return typeof raster === 'string' ? unusable(raster) : [];
}
