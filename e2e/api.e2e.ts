import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "@playwright/test";
import { ensureGuestIso } from "./guest/guest-iso";
import { eventually } from "./helpers/eventually";
import { admin } from "./helpers/flows";
import { domainState, guestIsUp, inGuest, onlyDomain, vcpuCount, volumes } from "./helpers/oracle";
import { portico, type Ran } from "./helpers/portico";
import { startWorld, type World } from "./helpers/world";

test.describe.configure({ mode: "serial" });

let world: World;
let home: string;
let token: string;
let domain: string;

/** As a program does: by settings of its own, with a token. */
const run = (...words: string[]) =>
  portico(words, { HOME: home, PORTICO_URL: world.portal.origin, PORTICO_TOKEN: token });

/** The same, which must succeed; gives the JSON it prints. */
async function json(...words: string[]): Promise<Record<string, unknown>> {
  const ran = await run(...words, "--json");
  expect(ran, words.join(" ")).toMatchObject({ code: 0 });
  return JSON.parse(ran.out) as Record<string, unknown>;
}

/** On the portal's own machine. */
const onServer = (...words: string[]) =>
  portico(["admin", ...words], {
    HOME: home,
    PORTICO_DATA: world.portal.dataDir,
    PORTICO_ORIGIN: world.portal.origin,
    LOG_LEVEL: "silent",
  });

const secretOf = ({ out }: Ran) => (JSON.parse(out) as { secret: string }).secret;

test.beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "portico-api-home-"));
  const passwordFile = join(home, "password");
  await writeFile(passwordFile, admin.password, { mode: 0o600 });
  world = await startWorld("api", {
    PORTICO_ADMIN_EMAIL: admin.email,
    PORTICO_ADMIN_PASSWORD_FILE: passwordFile,
  });
});

test.afterAll(async () => {
  await world?.stop();
  await rm(home, { recursive: true, force: true });
});

test("without a browser: the server itself gives out the first token", async () => {
  const scopes = "read,vm.write,image.write,token.write";
  const made = await onServer("token", "create", admin.email, "ci", "--scopes", scopes, "--json");
  expect(made.code, made.err).toBe(0);
  token = secretOf(made);
  expect(await json("whoami")).toMatchObject({ email: admin.email, token: { name: "ci" } });
  expect(await portico(["whoami"], { HOME: home })).toMatchObject({ code: 3 });
});

test("an ISO is uploaded, checked and stored", async () => {
  const iso = await ensureGuestIso();
  expect(await json("image", "upload", iso)).toMatchObject({
    name: basename(iso),
    state: "ready",
  });
  expect((await run("image", "rm", "no such image", "--yes")).code).toBe(4);
});

test("a VM is made from it, and libvirt runs it", async () => {
  const iso = basename(await ensureGuestIso());
  const words = ["--image", iso, "--vcpus", "1", "--memory", "512MiB", "--disk", "1GiB"];
  const vm = await json("vm", "create", "by words", ...words);
  expect(vm).toMatchObject({ name: "by words", state: "running" });
  domain = await onlyDomain(world.host);
  expect(domain).toBe(`p-${vm.id}`);
  expect(await domainState(world.host, domain)).toBe("running");
  const twice = await run("vm", "create", "by words", ...words);
  expect(twice.code).toBe(5);
  expect((await run("vm", "create", "beyond", "--disk", "0")).code).toBe(2);
});

test("its screen comes to a VNC viewer of this machine", async () => {
  const stop = new AbortController();
  let port = 0;
  const ended = portico(
    ["vm", "console", "by words", "--listen", "0"],
    { HOME: home, PORTICO_URL: world.portal.origin, PORTICO_TOKEN: token },
    {
      signal: stop.signal,
      onOut: (text) => {
        port = Number(text.match(/127\.0\.0\.1:(\d+)/)?.[1] ?? 0);
      },
    },
  );
  await eventually("the listening port", () => expect(port).toBeGreaterThan(0));
  const greeting = await new Promise<string>((resolve, reject) => {
    const viewer = connect(port, "127.0.0.1");
    viewer.once("data", (bytes: Buffer) => {
      viewer.destroy();
      resolve(bytes.toString());
    });
    viewer.once("error", reject);
  });
  expect(greeting).toBe("RFB 003.008\n");
  stop.abort();
  expect((await ended).code).toBe(0);
});

test("it gets a second vCPU while it runs, which the guest sees", async () => {
  await guestIsUp(world.host, domain);
  const plan = await json("vm", "resize", "by words", "--vcpus", "2", "--dry-run");
  expect(plan).toMatchObject({ possible: true, vcpus: { from: 1, to: 2, when: "now" } });
  expect(await vcpuCount(world.host, domain, "live")).toBe(1);
  await json("vm", "resize", "by words", "--vcpus", "2");
  expect(await vcpuCount(world.host, domain, "live")).toBe(2);
  await eventually("the guest's second CPU", async () =>
    expect((await inGuest(world.host, domain, ["/bin/nproc"])).trim()).toBe("2"),
  );
});

test("its serial port comes to this terminal, once", async () => {
  const stop = new AbortController();
  const env = { HOME: home, PORTICO_URL: world.portal.origin, PORTICO_TOKEN: token };
  const words = ["vm", "console", "by words", "--serial"];
  let said = "";
  const joined = portico(words, env, {
    input: "\n",
    signal: stop.signal,
    onOut: (text) => {
      said = text;
    },
  });
  await eventually("the login prompt", () => expect(said).toContain("login:"));
  expect(await portico(words, env)).toMatchObject({
    code: 5,
    err: expect.stringContaining("--force"),
  });
  stop.abort();
  expect((await joined).code).toBe(0);
});

test("its agent is asked, and sets a password inside it", async () => {
  const kernel = (await inGuest(world.host, domain, ["/bin/uname", "-r"])).trim();
  expect(await json("guest", "show", "by words")).toMatchObject({ kernel });
  await eventually("its memory", async () =>
    expect(await json("vm", "memory", "by words")).toMatchObject({ balloon: "told" }),
  );
  const shadow = () => inGuest(world.host, domain, ["/bin/grep", "^root:", "/etc/shadow"]);
  const before = await shadow();
  const env = { HOME: home, PORTICO_URL: world.portal.origin, PORTICO_TOKEN: token };
  const words = ["guest", "password", "by words", "root"];
  expect(await portico(words, env, { input: "Kennwort, neu\n" })).toMatchObject({ code: 0 });
  const after = await shadow();
  expect(after).not.toBe(before);
  expect(after).toMatch(/^root:\$6\$/);
  expect(await portico(words, env, { input: "" })).toMatchObject({ code: 2 });
  // It runs in memory.
  const freeze = await run("guest", "freeze", "by words");
  expect(freeze).toMatchObject({ code: 5, err: expect.stringContaining("could be frozen") });
  expect(await json("guest", "frozen", "by words")).toMatchObject({ until: null });
  expect(await json("guest", "thaw", "by words")).toMatchObject({ until: null });
});

test("every verb does on the host what it says", async () => {
  await json("vm", "suspend", "by words");
  expect(await domainState(world.host, domain)).toBe("paused");
  expect((await run("vm", "suspend", "by words")).code).toBe(5);
  await json("vm", "resume", "by words");
  expect(await domainState(world.host, domain)).toBe("running");
  await json("vm", "eject", "by words");
  expect(await world.host.virsh(["domblklist", domain])).not.toContain(".iso");
  await json("vm", "stop", "by words");
  expect(await domainState(world.host, domain)).toBe("shut off");
  await json("vm", "start", "by words");
  expect(await domainState(world.host, domain)).toBe("running");
  await json("vm", "reset", "by words");
  expect(await domainState(world.host, domain)).toBe("running");
  await json("vm", "stop", "by words", "--force");
  expect(await domainState(world.host, domain)).toBe("shut off");
  const archive = join(home, "by-words.ova");
  await json("vm", "export", "by words", "--out", archive);
  expect(execFileSync("tar", ["-tf", archive], { encoding: "utf8" }).trim().split("\n")).toEqual(
    ["ovf", "xml", "qcow2", "mf"].map((end) => expect.stringMatching(new RegExp(`\\.${end}$`))),
  );
});

test("a token of less scope is refused, and nothing moves", async () => {
  // It may not outlive the one that makes it.
  const made = await run("token", "create", "reader", "--scopes", "read", "--days", "1", "--json");
  expect(made.code, made.err).toBe(0);
  const reader = secretOf(made);
  const env = { HOME: home, PORTICO_URL: world.portal.origin, PORTICO_TOKEN: reader };
  expect(await portico(["vm", "ls"], env)).toMatchObject({ code: 0 });
  const refused = await portico(["vm", "rm", "by words", "--yes"], env);
  expect(refused.code).toBe(3);
  expect(refused.err).not.toContain(reader);
  expect(await onlyDomain(world.host)).toBe(domain);
});

test("it is deleted, and nothing of it is left", async () => {
  expect((await run("vm", "rm", "by words")).code).toBe(2);
  await json("vm", "rm", "by words", "--yes");
  expect((await world.host.virsh(["list", "--all", "--name"])).trim()).toBe("");
  expect(await volumes(world.host, "portico-disks")).toEqual([]);
  await json("image", "rm", basename(await ensureGuestIso()), "--yes");
  expect(await volumes(world.host, "portico-images")).toEqual([]);
});

test("the record holds, and the state can be saved while the portal runs", async () => {
  const verified = await onServer("audit", "verify");
  expect(verified, verified.err).toMatchObject({ code: 0 });
  const file = join(home, "portico.tar.gz");
  expect(await onServer("backup", file)).toMatchObject({ code: 0 });
  const restored = await onServer("restore", file);
  expect(restored.code).toBe(5);
  expect(restored.err).toContain(`pid ${world.portal.pid()}`);
});

test("a revoked token opens nothing", async () => {
  const tokens = (await json("token", "ls")) as unknown as { id: string; name: string }[];
  const own = tokens.find((each) => each.name === "ci");
  await json("token", "revoke", own?.id ?? "");
  expect((await run("vm", "ls")).code).toBe(3);
});
