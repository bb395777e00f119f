// The one form of texts that people type in many: whatever way they come in (a file, a form, an application), they are kept the same.
import { normalizeName } from '../record/names.ts';
import { normalizeResolutionNumber } from '../resolution/resolution-number.ts';

/** The text of a field (or another path) as it is kept: names, names in Latin letters, numbers of resolutions; other fields stay as they are. */
export function fieldText(field: string, text: string): string {
  switch (field) {
    case 'name':
    case 'headName':
    case 'chairName':
      return normalizeName(text).name;
    case 'namePinyin':
      return text
        .normalize('NFKC')
        .replace(/\p{Zs}+/gu, ' ')
        .trim();
    case 'resolutionNumber':
      return normalizeResolutionNumber(text);
    default:
      return text;
  }
}
