// Digests as people read them.

/** Eight hex digits at a time, so that two people can compare them aloud. */
export function grouped(digest: string): string {
  return (digest.toUpperCase().match(/.{1,8}/g) ?? []).join(' ');
}
