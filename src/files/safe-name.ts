// Names for files inside archives that every system can unpack: Windows is the strictest, then the 255 bytes of Linux.

/** Longest name in bytes of UTF-8, so that a folder, a number and an extension still fit. */
const MOST_BYTES = 150;

/**
 * A text as the name of a file, without extension: none of the characters that Windows refuses, none that cannot be seen or changes the
 * direction of writing, no dots or spaces at its ends, composed (NFC), at most 150 bytes of UTF-8. Never empty.
 */
export function safeName(text: string): string {
  const harmless = text
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '_')
    .replace(/^[.\s]+/, '');
  let name = '';
  let bytes = 0;
  for (const character of harmless) {
    bytes += Buffer.byteLength(character, 'utf8');
    if (bytes > MOST_BYTES) break;
    name += character;
  }
  name = name.replace(/[.\s]+$/, '');
  if (name === '') return '_';
  // Devices of Windows, whatever follows the first dot.
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) ? `_${name}` : name;
}
