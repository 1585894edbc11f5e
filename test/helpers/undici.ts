/** The versions of undici that the package supports. */
import * as undici6 from "undici6";
import * as undici7 from "undici7";

/** What the tests use is in all versions. */
export type Undici = typeof undici7;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
// Its types are for a newer compiler than the project's.
const undici8: string = "undici8";

/** Those that this Node can load: undici 8 needs Node 22.19. `npm run test:runtimes` has a Node that loads all of them. */
export const undicis: readonly (readonly [version: string, module: Undici])[] = [
  ["6", undici6 as unknown as Undici],
  ["7", undici7],
  ...(major > 22 || (major === 22 && minor >= 19) ? [["8", await import(undici8)] as const] : []),
];
