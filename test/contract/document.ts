/** What an OpenAPI document says, as far as the contract needs it: operations, their responses and examples. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";

// biome-ignore lint/suspicious/noExplicitAny: whatever the document holds.
type Node = any;

/** Follows a `$ref`. */
type Resolve = (node: Node) => Node;

export interface Operation {
  readonly id: string | undefined;
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  readonly responses: readonly DocumentedResponse[];
  /** A request that fits, as `http` takes it. Made from examples, or from types where there are none. */
  readonly request: {
    readonly params: Readonly<Record<"path" | "query" | "header", Record<string, unknown>>>;
    readonly body?: unknown;
  };
}

/** A response of a document, one for each of its examples. */
export interface DocumentedResponse {
  /** As the document has it: `200`, `4XX` or `default`. */
  readonly code: string;
  /** A status that `code` stands for. */
  readonly status: number;
  readonly mediaType: string | undefined;
  /** The name of the example. */
  readonly example: string | undefined;
  /** The example; `undefined` if the document has none, or has it elsewhere. */
  readonly value: unknown;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

export function readOperations(document: string): Operation[] {
  const root: Node = parse(readFileSync(document, "utf8"));
  const at: Resolve = (node) => resolve(root, node);
  return Object.entries<Node>(root.paths ?? {}).flatMap(([path, unresolved]) => {
    const item = at(unresolved);
    return methods
      .filter((method) => item[method] !== undefined)
      .map((method): Operation => {
        const operation = item[method];
        return {
          id: operation.operationId,
          method: method.toUpperCase(),
          path,
          responses: responsesOf(operation.responses ?? {}, at),
          request: requestOf(operation, item.parameters ?? [], at),
        };
      });
  });
}

/** The operation that a URL's path belongs to, if the document has one. */
export function findOperation(
  operations: readonly Operation[],
  method: string,
  pathname: string,
): Operation | undefined {
  const segments = pathname.split("/");
  return operations.find((operation) => {
    const template = operation.path.split("/");
    return (
      operation.method === method &&
      template.length === segments.length &&
      template.every((segment, index) => segment.startsWith("{") || segment === segments[index])
    );
  });
}

/** Whether an operation has a response of this status, by itself, by a range or by `default`. */
export function isDocumented({ responses }: Operation, status: number): boolean {
  const codes = [`${status}`, `${status}`.replace(/..$/, "XX"), "default"];
  return responses.some(({ code }) => codes.includes(code));
}

function resolve(root: Node, node: Node): Node {
  if (typeof node?.$ref !== "string") return node ?? {};
  const names = node.$ref.replace("#/", "").split("/").map(decodeURIComponent);
  return resolve(
    root,
    names.reduce((found: Node, name: string) => found?.[name.replaceAll("~1", "/").replaceAll("~0", "~")], root),
  );
}

function responsesOf(responses: Node, at: Resolve): DocumentedResponse[] {
  // Not 1xx, which is never the response that a caller sees, and no extensions.
  const codes = Object.keys(responses).filter((code) => /^([2-5](\d\d|XX)|default)$/.test(code));
  return codes.flatMap((code): DocumentedResponse[] => {
    const content: Node = at(responses[code]).content ?? {};
    const types = Object.keys(content);
    // The client asks for JSON. Where there is none, it gets what there is.
    const mediaType =
      types.find((type) => type.startsWith("application/json")) ??
      types.find((type) => type.endsWith("+json")) ??
      types[0];
    const { example, examples } = at(content[mediaType ?? ""]);
    const response = { code, status: statusOf(code, codes), mediaType };
    const named = Object.entries<Node>(examples ?? {}).map(([name, unresolved]) => ({
      ...response,
      example: name,
      value: at(unresolved).value,
    }));
    return named.length > 0 ? named : [{ ...response, example: undefined, value: example }];
  });
}

/** A status that a code stands for: its own, or one that no other code claims. */
function statusOf(code: string, codes: readonly string[]): number {
  if (/^\d+$/.test(code)) return Number(code);
  const hundreds = code === "default" ? ["5", "4", "2", "3"].find((digit) => !codes.includes(`${digit}XX`)) : code[0];
  const first = 100 * Number(hundreds ?? 5);
  const range = Array.from({ length: 100 }, (_, index) => first + index);
  return range.find((status) => !codes.includes(`${status}`)) ?? first;
}

function requestOf(operation: Node, shared: Node[], at: Resolve): Operation["request"] {
  const params: Record<string, Record<string, unknown>> = { path: {}, query: {}, header: {} };
  // Those of the operation come last, and replace those of its path.
  for (const parameter of [...shared, ...(operation.parameters ?? [])].map(at)) {
    const { name, in: place, required, schema } = parameter;
    const group = required ? params[place] : undefined;
    if (group !== undefined) group[name] = exampleOf(parameter, at) ?? sample(schema, at);
  }
  const { content = {}, required } = at(operation.requestBody);
  const media = at(content["application/json"] ?? Object.values(content)[0]);
  const body = required ? (exampleOf(media, at) ?? sample(media.schema, at)) : undefined;
  return { params: params as Operation["request"]["params"], ...(body !== undefined && { body }) };
}

function exampleOf({ example, examples = {} }: Node, at: Resolve): unknown {
  return example ?? at(Object.values(examples)[0]).value;
}

const strings: Readonly<Record<string, string>> = {
  uuid: "fd4e2952-95a8-46a3-b44c-84daf099ce13",
  date: "2026-01-31",
  "date-time": "2026-01-31T12:00:00Z",
};

/** A value that fits a schema, as far as its types tell. */
function sample(schema: Node, at: Resolve, depth = 0): unknown {
  const { type, format, example, examples, default: fallback, enum: values, ...rest } = at(schema);
  const given = example ?? examples?.[0] ?? fallback ?? values?.[0];
  // A schema may refer to itself.
  if (given !== undefined || depth > 10) return given;
  const { allOf, oneOf, anyOf, properties = {}, required = [], items, minimum = 1 } = rest;
  const parts = (allOf ?? []).map((part: Node) => sample(part, at, depth + 1));
  if (parts.length > 0) return Object.assign({}, ...parts);
  const [variant] = oneOf ?? anyOf ?? [];
  if (variant !== undefined) return sample(variant, at, depth + 1);
  switch ([type].flat()[0]) {
    case "integer":
    case "number":
      return minimum;
    case "boolean":
      return true;
    case "array":
      return [sample(items, at, depth + 1)];
    case "string":
      return strings[format] ?? "x";
    default:
      return Object.fromEntries(required.map((name: string) => [name, sample(properties[name], at, depth + 1)]));
  }
}
