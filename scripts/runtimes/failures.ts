/** Makes connections fail on a runtime, and compares what the client says with what is expected there. */
import { startFailingServers } from "../../test/helpers/failing-servers.ts";
import { caFile } from "../../test/helpers/tls.ts";
import type { ExpectedFailures } from "../../test/runtimes/expected-failures.ts";
import type { Result } from "../../test/runtimes/suite.ts";
import type { Runtime } from "./catalogue.ts";
import type { Project } from "./project.ts";
import { execute, installRuntime } from "./run.ts";

interface Told {
  readonly code: string;
  readonly mayHaveBeenSent: boolean;
  readonly message: string;
}

type Environment = Readonly<Record<string, string>>;

/** Returns a result for each failure. */
export async function runFailures(runtime: Runtime, project: Project): Promise<Result[]> {
  const binary = await installRuntime(runtime);
  const { direct, proxied } = runtime.failures ?? { direct: {}, proxied: {} };
  const servers = await startFailingServers();
  const call = async (urls: object, environment: Environment): Promise<Record<string, Told>> => {
    const given = ["flinks-client", JSON.stringify(urls)];
    const { stdout } = await execute(binary, runtime.args ?? [], project.failures, given, environment);
    return JSON.parse(stdout);
  };
  try {
    const results = compare(direct, await call(pick(servers.urls, direct), trusting));
    // The variables of a proxy are read when a program starts.
    for (const [name, expected] of Object.entries(proxied)) {
      const told = await call(
        { [name]: "https://api.example" },
        { ...trusting, ...behind(`${servers.proxies[name]}`) },
      );
      results.push(...compare({ [name]: expected }, told, "a proxy that "));
    }
    return results;
  } finally {
    servers.close();
  }
}

/** With the test's CA. */
const trusting: Environment = { NODE_EXTRA_CA_CERTS: caFile, DENO_CERT: caFile };

function behind(proxy: string): Environment {
  return { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: proxy, NO_PROXY: "127.0.0.1" };
}

function pick<T>(all: Readonly<Record<string, T>>, named: object): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in named));
}

function compare(expected: ExpectedFailures, told: Readonly<Record<string, Told>>, prefix = ""): Result[] {
  return Object.entries(expected).map(([name, [code, mayHaveBeenSent, words]]) => {
    const is = told[name];
    const isRight =
      is !== undefined &&
      code.test(is.code) &&
      is.mayHaveBeenSent === mayHaveBeenSent &&
      is.message.includes(words) &&
      !is.message.includes("pr0xy-passw0rd");
    const should = `${code}, mayHaveBeenSent ${mayHaveBeenSent}, "${words}"`;
    return { name: prefix + name, ...(isRight ? {} : { problem: `${JSON.stringify(is)} should be ${should}.` }) };
  });
}
