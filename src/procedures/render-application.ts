// Typesetting an application, with a refusal that names the characters which no installed font has.
import type { SupplementaryReportData } from '../documents/data.ts';
import { codeName, MissingGlyph } from '../documents/fonts.ts';
import { renderApplication as print } from '../documents/render.ts';
import { violation } from '../regulation/violations.ts';
import type { World } from './call.ts';
import { Refused } from './errors.ts';

/** The PDF of a supplementary report: a draft without seal, or the build whose placeholder is sealed at once. @throws {Refused} */
export async function renderApplication(
  world: World,
  data: SupplementaryReportData,
  build: { draft: boolean; at: Date },
): Promise<Uint8Array> {
  try {
    return await print('supplementary-report', data, {
      fonts: await world.fonts(),
      draft: build.draft,
      createdAt: build.at,
    });
  } catch (error) {
    if (!(error instanceof MissingGlyph)) throw error;
    const found = error.characters.map(({ codePoint }) => codeName(codePoint)).join(' ');
    throw new Refused([violation('document-not-printable', 'document', { found })]);
  }
}
