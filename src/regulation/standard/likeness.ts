// How alike two short texts are: for proposals to a person, never for taking one text for another.

/** Number of insertions, deletions and replacements between two texts, counted in code points. */
function editDistance(a: readonly string[], b: readonly string[]): number {
  let previous = b.map((_, column) => column + 1);
  for (const [row, left] of a.entries()) {
    let diagonal = row;
    let last = row + 1;
    previous = previous.map((above, column) => {
      const value = Math.min(above + 1, last + 1, diagonal + (left === b[column] ? 0 : 1));
      diagonal = above;
      last = value;
      return value;
    });
  }
  return previous.at(-1) ?? a.length;
}

/** How alike two texts are: 1 the same, 0 nothing in common or one more than twice as long; one inside the other counts as rather alike. */
export function likeness(text: string, other: string): number {
  if (text === other) return 1;
  const a = [...text];
  const b = [...other];
  const contained = a.length > 1 && b.length > 1 && (other.includes(text) || text.includes(other));
  // More than half of the longer one would have to be made up: hardly alike, and costly to find out how little.
  if (2 * Math.min(a.length, b.length) < Math.max(a.length, b.length)) return contained ? 0.6 : 0;
  const byEdits = 1 - editDistance(a, b) / Math.max(a.length, b.length);
  return contained ? Math.max(byEdits, 0.6) : byEdits;
}
