import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseSshKey, sshKeyName } from "./ssh-key";

const dir = mkdtempSync(join(tmpdir(), "portico-ssh-"));
const made = new Map<string, string>();

beforeAll(() => {
  for (const [name, ...type] of [
    ["ed", "-t", "ed25519"],
    ["p256", "-t", "ecdsa", "-b", "256"],
    ["p384", "-t", "ecdsa", "-b", "384"],
    ["p521", "-t", "ecdsa", "-b", "521"],
    ["rsa", "-t", "rsa", "-b", "2048"],
    ["weak", "-t", "rsa", "-b", "1024"],
  ] as const) {
    const file = join(dir, name);
    execFileSync("ssh-keygen", ["-q", ...type, "-N", "", "-C", `${name} of Ada`, "-f", file]);
    made.set(name, readFileSync(`${file}.pub`, "utf8"));
  }
});

afterAll(() => rmSync(dir, { recursive: true }));

function key(name: string): string {
  return made.get(name) ?? "";
}

/** The same line with the blob changed by `edit`. */
function edited(name: string, edit: (blob: Buffer) => Buffer): string {
  const [type = "", base64 = ""] = key(name).split(" ");
  return `${type} ${edit(Buffer.from(base64, "base64")).toString("base64")}`;
}

function wire(...parts: (string | Buffer)[]): string {
  const blob = parts.map((part) => {
    const bytes = Buffer.from(part as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  });
  return `${parts[0]} ${Buffer.concat(blob).toString("base64")}`;
}

describe("a public key", () => {
  it.each(["ed", "p256", "p384", "p521", "rsa"])("that ssh-keygen made is taken: %s", (name) => {
    const [type, base64] = key(name).split(" ");
    expect(parseSshKey(key(name))).toMatchObject({
      type,
      publicKey: `${type} ${base64}`,
      comment: `${name} of Ada`,
    });
  });

  it.each([
    ["sk-ssh-ed25519@openssh.com", [Buffer.alloc(32, 7), "ssh:"]],
    [
      "sk-ecdsa-sha2-nistp256@openssh.com",
      ["nistp256", Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]), "ssh:"],
    ],
  ])("of a security key is taken: %s", (type, parts) => {
    expect(parseSshKey(wire(type, ...parts))).toMatchObject({ type });
    expect(parseSshKey(wire(type, ...parts.slice(0, -1)))).toEqual({ problem: "damaged" });
  });

  it("loses its options", () => {
    const line = `no-pty,command="echo \\"hi\\"",from="10.0.0.0/8" ${key("ed")}`;
    expect(parseSshKey(line)).toMatchObject({ comment: "ed of Ada" });
    expect(parseSshKey(`# mine\n\n${key("ed")}\n`)).toMatchObject({ type: "ssh-ed25519" });
  });
});

describe("what is no usable public key is refused with the reason", () => {
  it.each([
    ["nothing", () => "  \n", "required"],
    ["a private key", () => readFileSync(join(dir, "ed"), "utf8"), "private"],
    ["a PuTTY key", () => "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none", "private"],
    ["two keys", () => key("ed") + key("rsa"), "several"],
    ["prose", () => "my key, please", "format"],
    ["the RFC 4716 form", () => "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA", "format"],
    ["DSA", () => "ssh-dss AAAAB3NzaC1kc3M= x", "type"],
    ["a certificate", () => "ssh-ed25519-cert-v01@openssh.com AAAAIHNz x", "type"],
    ["RSA of 1,024 bits", () => key("weak"), "rsa_short"],
    ["a cut key", () => key("ed").slice(0, 40), "damaged"],
    ["a key with a tail", () => edited("ed", (b) => Buffer.concat([b, b])), "damaged"],
    ["a wrong length", () => edited("rsa", (b) => b.fill(0xff, 0, 4)), "damaged"],
    ["another type inside", () => key("ed").replace("ssh-ed25519", "ssh-rsa"), "damaged"],
    ["a compressed point", () => edited("p256", (b) => b.fill(2, 39, 40)), "damaged"],
    [
      "a negative modulus",
      () => wire("ssh-rsa", Buffer.from([3]), Buffer.alloc(257, 0xff)),
      "damaged",
    ],
    [
      "an even exponent",
      () => wire("ssh-rsa", Buffer.from([2]), Buffer.alloc(257, 0x7f)),
      "damaged",
    ],
    [
      "a huge modulus",
      () => wire("ssh-rsa", Buffer.from([3]), Buffer.alloc(3_000, 0x7f)),
      "damaged",
    ],
    ["base64 with odd characters", () => "ssh-ed25519 AAAA*AAA", "damaged"],
  ])("%s", (_name, text, problem) => {
    expect(parseSshKey(text())).toEqual({ problem });
  });
});

it("a name keeps what can be shown", () => {
  expect(sshKeyName(" a\u202eb\u0000 \t c ")).toBe("ab c");
  expect(sshKeyName("\u200b")).toBeNull();
  expect(sshKeyName("x".repeat(200))).toHaveLength(80);
});
