/** Simulates workers that share the vendor's rate limit: the client's real retries, on a clock that is turned by hand. */
import { mock } from "node:test";
import { setImmediate as settle } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { createFlinksClient, type FlinksFetch } from "../src/index.ts";

interface Fleet {
  readonly workers: number;
  /** How many requests the server answers in a second. Others get a 429. */
  readonly perSecond: number;
  readonly retries: number;
  readonly jitter: boolean;
}

/** Every worker opens one session, all at the same moment. */
export async function simulate({ workers, perSecond, retries, jitter }: Fleet) {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  // The same numbers in every run: the generator of Park and Miller. Without jitter, every wait is as long as its limit.
  let state = 1;
  mock.method(Math, "random", () => {
    state = (state * 48271) % 2147483647;
    return jitter ? state / 2147483647 : 1;
  });
  const requestsIn: number[] = [];
  const fetch: FlinksFetch = async () => {
    const second = Math.floor(Date.now() / 1000);
    const count = (requestsIn[second] ?? 0) + 1;
    requestsIn[second] = count;
    const isRefused = count > perSecond;
    const text = isRefused ? '{"FlinksCode":"TOO_MANY_REQUESTS"}' : '{"HttpStatusCode":200,"RequestId":"r"}';
    return { status: isRefused ? 429 : 200, headers: new Headers(), text: async () => text };
  };
  const options = {
    baseUrl: "http://localhost",
    customerId: "c",
    authorizeToken: () => "t",
    fetch,
    retry: { retries },
  };
  const endings: { isOpen: boolean; at: number }[] = [];
  for (let worker = 0; worker < workers; worker++) {
    const end = (isOpen: boolean) => () => endings.push({ isOpen, at: Date.now() });
    createFlinksClient(options).authorize({ LoginId: "l" }).then(end(true), end(false));
  }
  for (; endings.length < workers; mock.timers.tick(10)) await settle();
  mock.timers.reset();
  mock.restoreAll();
  const opened = endings.filter(({ isOpen }) => isOpen);
  const requests = requestsIn.reduce((sum, count) => sum + count, 0);
  return { opened: opened.length, requests, seconds: (opened.at(-1)?.at ?? 0) / 1000 };
}

if (import.meta.url === pathToFileURL(`${process.argv[1]}`).href) {
  console.log("| retries | jitter | opened of 1000 | requests | the last after |\n| ---: | --- | ---: | ---: | ---: |");
  for (const retries of [2, 5, 10]) {
    for (const jitter of [true, false]) {
      const { opened, requests, seconds } = await simulate({ workers: 1000, perSecond: 50, retries, jitter });
      console.log(`| ${retries} | ${jitter ? "full" : "none"} | ${opened} | ${requests} | ${seconds.toFixed(1)} s |`);
    }
  }
}
