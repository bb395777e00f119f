// Uploading a file, to be used by a later action under its digest.
import { storeFile } from '../procedures/files/store-file.ts';
import { addAction } from './action.ts';
import { FileKindEnum } from './enums.ts';

addAction('uploadFile', {
  description: 'Keeps a file under its SHA-256, judged by its content. The same file twice is one file.',
  sealed: false,
  input: (t) => ({
    institution: t.string({ description: 'Five-digit code.' }),
    kind: t.field({ type: FileKindEnum }),
    file: t.field({ type: 'File' }),
  }),
  run: async (call, { institution, kind, file }) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const stored = await storeFile(call, { institution, kind, name: file.name, bytes });
    return { institution, stepId: null, ...stored };
  },
  success: (t) => ({
    digest: t.exposeString('digest', { description: 'SHA-256, hex.' }),
    mediaType: t.exposeString('mediaType', { description: 'Found out from the content.' }),
    size: t.exposeInt('size', { description: 'Bytes.' }),
  }),
});
