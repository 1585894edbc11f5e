/** The corrections (an OpenAPI Overlay, https://spec.openapis.org/overlay/v1.0.0.html) on a document. */
import { isDeepStrictEqual } from "node:util";
import { exec, type JsonValue } from "jsonpath-rfc9535";
import { type Difference, differences } from "./differences.ts";
import { at, isObject, type Json, type JsonObject, resolved } from "./tree.ts";

export interface Overlay {
  readonly actions: readonly Action[];
}

interface Action {
  readonly target: string;
  /** Begins with the action's name and a full stop. */
  readonly description: string;
  readonly update?: Json;
  readonly remove?: boolean;
}

/** @throws an error that names each correction whose target is not there */
export function correct(original: JsonObject, { actions }: Overlay): JsonObject {
  const document = structuredClone(original);
  const lost: string[] = [];
  for (const action of actions) {
    const { target, update } = action;
    const places = locate(document, target);
    // What was to be removed may be gone already, but not what it stood in.
    const isGone = update === undefined && locate(document, target.replace(lastSegment, "")).length > 0;
    if (places.length === 0 && !isGone) lost.push(`  ${nameOf(action)}: ${target}`);
    if (update !== undefined && places.length > 1) {
      throw new Error(`openapi/corrections.yaml: ${nameOf(action)} must update one place, not several.`);
    }
    for (const { holder, key } of places.toReversed()) {
      if (update !== undefined) holder[key] = merge(document, holder[key], update);
      else if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    }
  }
  if (lost.length === 0) return document;
  throw new Error(
    `openapi/corrections.yaml: the documents do not have what is corrected:\n${lost.join("\n")}\nEither the vendor ` +
      "changed it (then fix or drop the correction), or the target is misspelt.",
  );
}

/** Keywords that no program can depend on. */
export const prose = new Set(
  "info title summary description example examples externalDocs tags operationId".split(" "),
);

/** Names of corrections that can go, because no difference would be noticed without them. */
export function spareCorrections(
  document: JsonObject,
  { actions }: Overlay,
  isNoticed: (difference: Difference) => boolean = ({ key, parent }) => !prose.has(key) && parent !== "names",
): string[] {
  const partOf = (kept: readonly Action[]) => {
    const corrected = correct(document, { actions: kept });
    const names = Object.keys(at(corrected, ["components", "schemas"]) ?? {});
    return { value: { paths: corrected["paths"] as Json, names }, document: corrected };
  };
  const whole = partOf(actions);
  let kept = actions;
  // There and back, because some define what others use.
  for (const action of [...actions, ...actions.toReversed()]) {
    const without = kept.filter((other) => other !== action);
    try {
      if (!differences(partOf(without), whole).some(isNoticed)) kept = without;
    } catch {
      // Another correction needs it.
    }
  }
  return actions.filter((action) => !kept.includes(action)).map(nameOf);
}

function nameOf({ description }: Action): string {
  return description.slice(0, description.indexOf("."));
}

const segments = /\.(?:[\w-]+|\*)|\[(?:'[^']*'|[^\]])*\]/g;
const lastSegment = new RegExp(`(?:${segments.source})$`);

interface Place {
  readonly holder: Record<string | number, Json>;
  readonly key: string | number;
}

/** What a target leads to, a segment at a time. References do not hide it, as an overlay's own rules would have it. */
function locate(document: JsonObject, target: string): Place[] {
  let places: Place[] = [{ holder: { $: document }, key: "$" }];
  const way = target.match(segments) ?? [];
  if (target !== `$${way.join("")}`) return [];
  for (const segment of way) {
    places = places.flatMap(({ holder: around, key }) => {
      const found: Place[] = [];
      for (let node = around[key]; node !== undefined && found.length === 0; ) {
        const holder = node as JsonObject;
        exec(holder as JsonValue, `$${segment}`, (_, path) => found.push({ holder, key: path.at(-1) as string }));
        const allOf = at(node, ["allOf"]);
        const next = resolved(Array.isArray(allOf) && allOf.length === 1 ? allOf[0] : node, document);
        node = next === node ? undefined : next;
      }
      return found;
    });
  }
  return places;
}

/** Overlay 1.0.0, Action Object: objects are merged, lists are appended to. */
function merge(document: JsonObject, said: Json | undefined, update: Json): Json {
  if (Array.isArray(said) && Array.isArray(update)) {
    return [...said, ...update.filter((item) => !said.some((other) => isDeepStrictEqual(item, other)))];
  }
  if (!isObject(said) || !isObject(update) || "$ref" in update) return structuredClone(update);
  const whole = resolved(said, document) as JsonObject;
  for (const [key, value] of Object.entries(update)) whole[key] = merge(document, at(whole, [key]), value);
  return said;
}
