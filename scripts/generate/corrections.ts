/**
 * The corrections against a vendor's document: each must still find what it corrects, and what the vendor has
 * mended by now is not said again. Redocly applies what is left; of all this it says nothing.
 */
import { isDeepStrictEqual } from "node:util";
import { type JsonValue, paths, query } from "jsonpath-rfc9535";

/** An OpenAPI Overlay: https://spec.openapis.org/overlay/v1.0.0.html */
export interface Overlay {
  readonly actions: readonly OverlayAction[];
}

interface OverlayAction {
  readonly target: string;
  /** Begins with the action's name and a full stop. */
  readonly description: string;
  readonly update?: JsonValue;
  readonly remove?: boolean;
}

export interface FittedOverlay {
  readonly overlay: Overlay;
  /** Names of actions that change nothing any more. */
  readonly obsolete: readonly string[];
  /** Where the vendor says something and a correction says something else: `NAME: place: what the vendor says`. */
  readonly overrides: readonly string[];
}

/** Corrections whose target is gone. The document cannot be bundled until somebody looks at them. */
export class LostCorrectionsError extends Error {
  override readonly name = "LostCorrectionsError";
  readonly corrections: readonly string[];

  constructor(lost: readonly OverlayAction[]) {
    const lines = lost.map((action) => `  ${nameOf(action)}: ${action.target}`);
    super(
      `openapi/corrections.yaml: the target of ${lost.length === 1 ? "a correction is" : `${lost.length} corrections is`} ` +
        `not in the vendor's document:\n${lines.join("\n")}\n` +
        "Either the vendor changed what it corrects (mend or drop the action), or the target is misspelt.",
    );
    this.corrections = lost.map(nameOf);
  }
}

/**
 * Targets are looked up in the vendor's document alone: a correction that corrects another correction is one
 * too many.
 *
 * @throws {LostCorrectionsError} naming each correction that has lost its target
 */
export function fitCorrections(upstream: JsonValue, corrections: Overlay): FittedOverlay {
  const lost: OverlayAction[] = [];
  const obsolete: string[] = [];
  const overrides: string[] = [];
  const actions: OverlayAction[] = [];
  for (const action of corrections.actions) {
    const { target, update } = action;
    const [place, ...others] = paths(upstream, target);
    if (place === undefined) {
      // What was to be removed is gone, but not what it stood in: the vendor removed it.
      const around = query(upstream, parentOf(target));
      // Behind a reference it may stand all the same.
      const isHidden = around.some((value) => [value, ...(Array.isArray(value) ? value : [])].some(isReference));
      if (action.remove === true && around.length > 0 && !isHidden) obsolete.push(nameOf(action));
      else lost.push(action);
    } else if (update === undefined) {
      actions.push(action);
    } else if (others.length > 0) {
      throw new Error(`openapi/corrections.yaml: ${nameOf(action)} must update one place, not several.`);
    } else {
      const [said] = query(upstream, target);
      const unsaid = without(update, said);
      if (unsaid === undefined) obsolete.push(nameOf(action));
      // What stands beside a $ref is ignored at best (OpenAPI 3.0.3, Reference Object), so it has to go first.
      for (const at of besideReferences(update, said)) {
        actions.push({ target: `${place}${at}`, description: action.description, remove: true });
      }
      if (unsaid !== undefined) actions.push({ ...action, update: unsaid });
      overrides.push(
        ...contradictions(update, said, upstream).map(([at, word]) => `${nameOf(action)}: ${place}${at}: ${word}`),
      );
    }
  }
  if (lost.length > 0) throw new LostCorrectionsError(lost);
  return { overlay: { ...corrections, actions }, obsolete, overrides };
}

function nameOf({ description }: OverlayAction): string {
  return description.slice(0, description.indexOf("."));
}

/** Of a JSONPath, all but its last segment. */
function parentOf(target: string): string {
  return target.replace(/(?:\.[\w-]+|\[[^\]]*\])$/, "");
}

/**
 * What of an update is not in its target yet; `undefined` if all of it is. An overlay appends to lists, so an
 * item that the vendor has added by now would stand there twice.
 */
function without(update: JsonValue, said: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(update) && Array.isArray(said)) {
    const items = update.filter((item) => !said.some((other) => isSameItem(item, other)));
    return items.length > 0 ? items : undefined;
  }
  if (isObject(update) && isObject(said)) {
    const fields = Object.entries(update).flatMap(([name, value]) => {
      const unsaid = name in said ? without(value, said[name]) : value;
      return unsaid === undefined ? [] : [[name, unsaid] as const];
    });
    return fields.length > 0 ? Object.fromEntries(fields) : undefined;
  }
  return isDeepStrictEqual(update, said) ? undefined : update;
}

/** What would stand beside a reference that an update puts in the place of something else. */
function besideReferences(update: JsonValue, said: JsonValue | undefined): string[] {
  if (!isObject(update) || !isObject(said)) return [];
  if (isReference(update)) {
    return Object.keys(said).flatMap((name) => (name === "$ref" ? [] : [`['${name}']`]));
  }
  return Object.entries(update).flatMap(([name, value]) =>
    besideReferences(value, said[name]).map((at) => `['${name}']${at}`),
  );
}

/** Parameters are told apart by name and place (OpenAPI 3.0.3, Parameter Object), others by all they are. */
function isSameItem(ours: JsonValue, theirs: JsonValue): boolean {
  if (isObject(ours) && isObject(theirs) && "in" in ours) {
    return ours["name"] === theirs["name"] && ours["in"] === theirs["in"];
  }
  return isDeepStrictEqual(ours, theirs);
}

/** Where an update replaces a value that stands in its target, and what stands there. */
function contradictions(
  update: JsonValue,
  said: JsonValue | undefined,
  upstream: JsonValue,
): [place: string, said: string][] {
  if (said === undefined || isDeepStrictEqual(update, said)) return [];
  if (Array.isArray(update) && Array.isArray(said)) return [];
  if (!isObject(update) || !isObject(said) || isReference(update)) {
    return [["", JSON.stringify(resolved(said, upstream))]];
  }
  return Object.entries(update).flatMap(([name, value]) =>
    contradictions(value, said[name], upstream).map(([at, word]): [string, string] => [`['${name}']${at}`, word]),
  );
}

/** What a local reference stands for, so that a change behind it is a change. */
function resolved(value: JsonValue, document: JsonValue): JsonValue {
  const pointer = isObject(value) ? value["$ref"] : undefined;
  if (typeof pointer !== "string") return value;
  return (
    pointer
      .split("/")
      .slice(1)
      .reduce<JsonValue | undefined>((at, name) => (isObject(at) ? at[name] : undefined), document) ?? value
  );
}

function isReference(value: JsonValue): boolean {
  return isObject(value) && "$ref" in value;
}

function isObject(value: JsonValue | undefined): value is { [name: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
