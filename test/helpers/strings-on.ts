/** Every string that can be read off a value: own and inherited properties, hidden ones, keys, causes. */
export function stringsOn(value: unknown): string[] {
  const strings: string[] = [];
  const seen = new Set<object>();
  const visit = (at: unknown): void => {
    if (typeof at === "string") strings.push(at);
    if (typeof at === "symbol") strings.push(at.description ?? "");
    if (typeof at !== "object" || at === null || seen.has(at)) return;
    seen.add(at);
    for (let owner: object | null = at; owner !== null; owner = Object.getPrototypeOf(owner)) {
      for (const key of Reflect.ownKeys(owner)) {
        visit(key);
        try {
          visit(Reflect.get(owner, key, at));
        } catch {
          // A getter that throws shows nothing.
        }
      }
    }
  };
  visit(value);
  return strings;
}
