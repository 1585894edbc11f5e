/**
 * What a misspelt name was meant to be.
 *
 * @module
 */

/** The known names that the word may have been meant to be, the nearest first. None if all are far. */
export function nearest(word: string, known: readonly string[]): string[] {
  const distances = known.map((name) => ({ name, distance: distanceOf(word.toLowerCase(), name.toLowerCase()) }));
  const near = distances.filter(({ name, distance }) => distance <= Math.max(2, name.length / 3));
  return near.sort((one, other) => one.distance - other.distance).map(({ name }) => name);
}

/** `Did you mean "faults"? Known: …`, or only the known ones if none is near. */
export function suggestion(word: string, known: readonly string[]): string {
  const [best] = nearest(word, known);
  return `${best === undefined ? "" : `Did you mean "${best}"? `}Known: ${known.join(", ")}.`;
}

/** How many characters have to be added, removed or replaced (Levenshtein). */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let above = 0; above < from.length; above++) {
    const next = [above + 1];
    for (let left = 0; left < to.length; left++) {
      const replaced = (row[left] as number) + (from[above] === to[left] ? 0 : 1);
      next.push(Math.min(replaced, (row[left + 1] as number) + 1, (next[left] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
