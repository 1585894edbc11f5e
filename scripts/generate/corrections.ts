/** The corrections (an OpenAPI Overlay, https://spec.openapis.org/overlay/v1.0.0.html) on a document. */
import { isDeepStrictEqual } from "node:util";
import { exec, type JsonValue } from "jsonpath-rfc9535";
import { differences, isProse } from "./differences.ts";
import { at, isObject, type Json, type JsonObject, resolved } from "./tree.ts";

export type Overlay = { readonly actions: readonly Action[] };

/** Its description begins with its name and a full stop. Without an update, it removes. */
type Action = { readonly target: string; readonly description: string; readonly update?: Json };

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
    for (const { holder, key } of places.toReversed()) {
      if (update !== undefined) holder[key] = merge(document, holder[key], update);
      else if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    }
  }
  if (lost.length === 0) return document;
  const advice = "Either the vendor changed it (then fix or drop the correction), or the target is misspelt.";
  throw new Error(
    ["openapi/corrections.yaml: the documents do not have what is corrected:", ...lost, advice].join("\n"),
  );
}

/** Names of corrections that change nothing in a document now, or only words where they changed more before. */
export function adoptedCorrections(before: JsonObject, after: JsonObject, overlay: Overlay): string[] {
  const partOf = (document: JsonObject) => ({ value: document["paths"], document });
  const saysSame: Same = (one, other) => differences(partOf(one), partOf(other)).every(isProse);
  const known = spareCorrections(before, overlay, saysSame);
  const spare = spareCorrections(after, overlay, saysSame).filter((action) => !known.includes(action));
  return [...new Set([...spare, ...spareCorrections(after, overlay, isDeepStrictEqual)])].map(nameOf);
}

type Same = (one: JsonObject, other: JsonObject) => boolean;

/** Corrections without which the corrected document is the same. */
function spareCorrections(document: JsonObject, { actions }: Overlay, isSame: Same): Action[] {
  const whole = correct(document, { actions });
  let kept = actions;
  // There and back, because some define what others use.
  for (const action of [...actions, ...actions.toReversed()]) {
    const without = kept.filter((other) => other !== action);
    try {
      if (isSame(correct(document, { actions: without }), whole)) kept = without;
    } catch {
      // Another correction needs it.
    }
  }
  return actions.filter((action) => !kept.includes(action));
}

function nameOf({ description }: Action): string {
  return description.slice(0, description.indexOf("."));
}

type Place = { readonly holder: Record<string | number, Json>; readonly key: string | number };
const segments = /\.(?:[\w-]+|\*)|\[(?:'[^']*'|[^\]])*\]/g;
const lastSegment = new RegExp(`(?:${segments.source})$`);

/** What a target leads to, a segment at a time. References do not hide it, as an overlay's own rules would have it. */
function locate(document: JsonObject, target: string) {
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
