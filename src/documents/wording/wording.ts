// The wording of the written applications: one row for each kind, from its data to a letter. Nothing here knows how it is set.

import type { OfficialLetter } from '../letter.ts';
import type { DataByKind, DocumentKind } from './data.ts';
import { changeRequest } from './wording-change.ts';
import { deletionRequest } from './wording-deletion.ts';
import { revocationReport } from './wording-revocation.ts';
import { supplementaryReport } from './wording-supplementary.ts';

/** One function for each kind: data in, letter out. A new kind is a row in DataByKind; the compiler names this table. */
export const wordings: { readonly [Kind in DocumentKind]: (data: DataByKind[Kind]) => OfficialLetter } = {
  'supplementary-report': supplementaryReport,
  'change-request': changeRequest,
  'deletion-request': deletionRequest,
  'revocation-report': revocationReport,
};
