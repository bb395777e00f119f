// Typesetting an application, with a refusal that names the characters which no installed font has.
import { codeName, MissingGlyph } from '../../documents/fonts/fonts.ts';
import { type DataByKind, renderApplication } from '../../documents/render.ts';
import { violation } from '../../regulation/violations.ts';
import type { ApplicationKind } from '../../regulation/vocabulary.ts';
import type { World } from '../call.ts';
import { Refused } from '../errors.ts';

/** The PDF of an application: a draft without seal, or the build whose placeholder is sealed at once. @throws {Refused} */
export async function renderCase<Kind extends ApplicationKind>(
  world: World,
  kind: Kind,
  data: DataByKind[Kind],
  build: { readonly draft: boolean; readonly at: Date },
): Promise<Uint8Array> {
  try {
    const options = { fonts: await world.fonts(), draft: build.draft, createdAt: build.at };
    return await renderApplication(kind, data, options);
  } catch (error) {
    if (!(error instanceof MissingGlyph)) throw error;
    const found = error.characters.map(({ codePoint }) => codeName(codePoint)).join(' ');
    throw new Refused([violation('document-not-printable', 'document', { found })]);
  }
}
