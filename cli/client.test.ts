import http from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeClient } from "./client";
import { commands } from "./commands/all";
import { exitCodes } from "./exit-codes";
import { call } from "./testing/terminal";

interface Asked {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A portal that answers every request with the next of these, and remembers what was asked. */
async function portal(...answers: { status: number; body: unknown; headers?: object }[]) {
  const asked: Asked[] = [];
  const server = http.createServer((req, res) => {
    let body = "";
    req.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    req.on("end", () => {
      asked.push({ method: req.method ?? "", url: req.url ?? "", headers: req.headers, body });
      const answer = answers.shift() ?? { status: 500, body: null };
      res.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
      res.end(answer.body === undefined ? "" : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = makeClient({ url, token: "portico_secret" }, "en", new AbortController().signal);
  return { url, asked, client, env: { PORTICO_URL: url, PORTICO_TOKEN: "portico_secret" } };
}

const task = {
  id: "t1",
  projectId: "p1",
  kind: "vm.create",
  state: "failed",
  progressPercent: null,
  error: { key: "disk.no_room", detail: "There is no room for the disk.", technical: null },
  result: null,
  steps: [],
  fileSizes: null,
  targetId: "v1",
  targetName: "web",
  actorName: "Ada",
  cancellable: false,
  createdAt: "2030-06-01T12:00:00.000Z",
  startedAt: null,
  endedAt: null,
};

describe("the client", () => {
  it("puts each part of the input where the table of operations says", async () => {
    const { client, asked } = await portal({ status: 200, body: { items: [], nextCursor: null } });
    await client.call("listTasks", { projectId: "p/1", state: "queued,running", limit: 5 });
    expect(asked[0]).toMatchObject({
      method: "GET",
      url: "/api/v1/tasks?projectId=p%2F1&state=queued%2Crunning&limit=5",
      body: "",
    });
    expect(asked[0]?.headers.authorization).toBe("Bearer portico_secret");
  });

  it("encodes ids in paths", async () => {
    const { client, asked } = await portal({ status: 404, body: { detail: "Not found." } });
    await expect(client.call("getTask", { taskId: "../users" })).rejects.toMatchObject({
      message: "Not found.",
      exitCode: exitCodes.notFound,
    });
    expect(asked[0]?.url).toBe("/api/v1/tasks/..%2Fusers");
  });

  it("follows no redirect: it could carry the token to somebody else", async () => {
    const elsewhere = await portal({ status: 200, body: {} });
    const headers = { location: `${elsewhere.url}/api/v1/whoami` };
    const { client } = await portal({ status: 307, body: null, headers });
    await expect(client.call("whoAmI", {})).rejects.toMatchObject({
      exitCode: exitCodes.unreachable,
    });
    expect(elsewhere.asked).toEqual([]);
  });

  it("does not take an answer in another form for the right one", async () => {
    const { client } = await portal({ status: 200, body: { hello: 1 } });
    await expect(client.call("getTask", { taskId: "t1" })).rejects.toThrow(/same version/);
  });

  it("says who does not answer", async () => {
    const nowhere = makeClient(
      { url: "http://127.0.0.1:1", token: "x" },
      "en",
      new AbortController().signal,
    );
    await expect(nowhere.call("whoAmI", {})).rejects.toMatchObject({
      message: expect.stringContaining("http://127.0.0.1:1 does not answer"),
      exitCode: exitCodes.unreachable,
    });
  });
});

describe("commands", () => {
  it("a refused field is named, and the token is nowhere", async () => {
    const { env } = await portal({
      status: 422,
      body: { title: "Some values cannot be used", errors: { name: "Too long." } },
    });
    const answer = await call(commands, ["token", "create", "x".repeat(200)], { env });
    expect(answer).toMatchObject({ code: exitCodes.usage, out: "" });
    expect(answer.err).toContain("name: Too long.");
    expect(answer.err).not.toContain("portico_secret");
  });

  it("task wait ends with 7 and the reason when the task has failed", async () => {
    const { env } = await portal({ status: 200, body: task });
    expect(await call(commands, ["task", "wait", "t1"], { env })).toEqual({
      code: exitCodes.taskFailed,
      out: "",
      err: "vm.create web failed: There is no room for the disk.\n",
    });
  });

  it("task wait says how far it is, and asks until the end", async () => {
    const running = { ...task, state: "running", error: null, progressPercent: 40.5 };
    const { env, asked } = await portal(
      { status: 200, body: running },
      { status: 200, body: { ...running, state: "done", progressPercent: 100 } },
    );
    const { code, out, err } = await call(commands, ["task", "wait", "t1"], { env });
    expect({ code, out, err }).toEqual({
      code: 0,
      out: "vm.create web: done\n",
      err: "vm.create web: running 40 %\n",
    });
    expect(asked).toHaveLength(2);
  });

  it("a deletion wants a yes from a program", async () => {
    const { env, asked } = await portal(
      {
        status: 200,
        body: { items: [{ id: "p1", slug: "one", name: "One", role: "owner" }], nextCursor: null },
      },
      { status: 200, body: { items: [], nextCursor: null } },
    );
    expect(await call(commands, ["vm", "rm", "web"], { env })).toMatchObject({ code: 4 });
    expect(asked.map((each) => each.method)).toEqual(["GET", "GET"]);
  });

  it("every command's help names its options", async () => {
    for (const command of commands) {
      if (command.path[0] === "__complete") continue;
      const { code, out } = await call(commands, [...command.path, "--help"]);
      expect({ path: command.path, code }).toEqual({ path: command.path, code: 0 });
      for (const name of Object.keys(command.options ?? {})) expect(out).toContain(`--${name}`);
    }
  });
});

describe("completion", () => {
  it.each([
    [[], ["admin", "completion", "doctor", "image", "login", "vm"]],
    [["vm"], ["console", "create", "ls", "start", "stop"]],
    [
      ["admin", "user"],
      ["create", "reset"],
    ],
  ])("after %j", async (words, expected) => {
    const { out } = await call(commands, ["__complete", ...words]);
    expect(out.split("\n")).toEqual(expect.arrayContaining(expected));
    expect(out).not.toContain("__");
  });

  it("offers the names of VMs, and nothing when the portal does not answer", async () => {
    const { env } = await portal(
      {
        status: 200,
        body: { items: [{ id: "p1", slug: "one", name: "One", role: null }], nextCursor: null },
      },
      { status: 500, body: null },
    );
    expect(await call(commands, ["__complete", "vm", "start"], { env })).toEqual({
      code: 0,
      out: "",
      err: "",
    });
  });

  it.each(["bash", "zsh", "fish"])("has a script for %s", async (shell) => {
    const { code, out } = await call(commands, ["completion", shell]);
    expect(code).toBe(0);
    expect(out).toContain("portico __complete");
  });
});
