/**
 * Types that pick bodies out of the generated operations, and check them against what the client reads and sends.
 *
 * @module
 */

type Content<Part> = Part extends { content: { "application/json": infer Json } } ? Json : never;
export type RequestOf<Operation extends { requestBody?: unknown }> = Content<NonNullable<Operation["requestBody"]>>;
export type ResponseOf<Operation extends { responses: object }, Status extends keyof Operation["responses"]> = Content<
  Operation["responses"][Status]
>;

/** `Json`, if it has every field of `Read` with a type that the client can read. */
export type Reads<
  Json,
  Read extends {
    [Field in keyof Read]: Field extends keyof Json
      ? NonNullable<Json[Field]> extends Read[Field]
        ? Read[Field]
        : never
      : never;
  },
> = Read extends object ? Json : never;

/** `Json`, if none of the fields in `Checked` takes more than what the client checks for. */
export type Takes<
  Json,
  Checked extends {
    [Field in keyof Checked]: Field extends keyof Json
      ? Exclude<Json[Field], undefined> extends Checked[Field]
        ? Checked[Field]
        : never
      : never;
  },
> = Checked extends object ? Json : never;

/** A body as a server may send it: its documented fields, with values that have not been checked. */
export type Unverified<T> = { readonly [Field in T extends unknown ? keyof T : never]?: unknown };
