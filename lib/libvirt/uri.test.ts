import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sshArguments } from "./dial/ssh";
import { isLibvirtError } from "./errors";
import { parseUri } from "./uri";

describe("parseUri", () => {
  it.each([
    ["qemu:///system", { transport: "unix", name: "qemu:///system", host: null, session: false }],
    ["qemu:///session", { transport: "unix", name: "qemu:///session", session: true }],
    ["test:///default", { transport: "unix", driver: "test", name: "test:///default" }],
    [
      "qemu+unix:///system?socket=/tmp/a/sock",
      { transport: "unix", socket: "/tmp/a/sock", name: "qemu:///system" },
    ],
    [
      "qemu+tcp://127.0.0.1/system",
      { transport: "tcp", host: "127.0.0.1", name: "qemu:///system", insecure: false },
    ],
    ["qemu+tcp://10.0.0.9:1/system", { host: "10.0.0.9", port: 1, insecure: true }],
    [
      "qemu+tls://host.example/system?pkipath=/etc/p",
      { transport: "tls", pkiPath: "/etc/p", insecure: false, verify: true },
    ],
    ["qemu://host.example/system", { transport: "tls", host: "host.example" }],
    ["qemu+tls://host.example/system?no_verify=1", { verify: false, insecure: true }],
    [
      "qemu+ssh://root@h1:2222/system?keyfile=/k/id&proxy=netcat&known_hosts=/k/hosts",
      {
        transport: "ssh",
        user: "root",
        host: "h1",
        port: 2222,
        keyFile: "/k/id",
        knownHostsFile: "/k/hosts",
        proxy: "netcat",
        name: "qemu:///system",
      },
    ],
    ["qemu+ssh://[fe80::1]/system", { host: "[fe80::1]" }],
    ["qemu:///system?mode=legacy", { name: "qemu:///system" }],
    ["test:///tmp/node.xml?extra=1", { name: "test:///tmp/node.xml?extra=1" }],
  ])("takes %s apart", (text, parts) => {
    expect(parseUri(text)).toMatchObject(parts);
  });

  it.each([
    "",
    "system",
    "qemu+carrier-pigeon://h/system",
    "qemu+ssh:///system",
    "qemu+unix://host/system",
    "qemu+ssh://user:secret@host/system",
    "qemu+ssh://-oProxyCommand=x/system",
    "qemu+ssh://-lroot@host/system",
    "qemu+ssh://ho%20st/system",
    "qemu+ssh://a%3Bb/system",
    "qemu+ssh://h/system?keyfile=-oProxyCommand%3Dx",
    "qemu+ssh://h/system?keyfile=../id",
    "qemu+ssh://h/system?known_hosts=/a%20/b",
    "qemu+ssh://h/system?socket=/a'b",
    "qemu+ssh://h/system?proxy=x",
    "qemu+ssh://h/system?command=/tmp/evil",
    "qemu+ssh://h/system?netcat=x",
  ])("refuses %j with a sentence", (text) => {
    expect(() => parseUri(text)).toThrow(/^The libvirt URI ".*" cannot be used: .*\.$/);
  });
});

describe("the arguments of ssh", () => {
  it("never ask, and end options before the host", () => {
    const uri = parseUri("qemu+ssh://root@h1:2222/system?keyfile=/k/id");
    const argv = sshArguments(uri);
    expect(argv.slice(0, -1)).toEqual(
      "-T -e none -o BatchMode=yes -o ConnectTimeout=10 -p 2222 -l root -i /k/id -- h1".split(" "),
    );
    expect(argv.at(-1)).toContain("virt-ssh-helper");
    expect(argv.at(-1)).toContain("nc -U");
  });

  it("hold at any URI: the host is a plain name, and the command one word of quoted shell", () => {
    const part = fc.string({ unit: fc.constantFrom(..."ab1-. '\"$`;|&\\%/@:?#\n".split("")) });
    fc.assert(
      fc.property(part, part, part, (user, host, path) => {
        let argv: string[];
        try {
          argv = sshArguments(parseUri(`qemu+ssh://${user}@${host}/${path}`));
        } catch (error) {
          if (!isLibvirtError(error)) throw error;
          return;
        }
        expect(argv.at(-3)).toBe("--");
        expect(argv.at(-2)).toMatch(/^[a-z0-9][\w.-]*$|^[0-9a-f:.]+$/);
        expect(argv.at(-1)?.replaceAll("'\\''", "")).toMatch(/^sh -c '[^']*'$/s);
      }),
      { numRuns: 2_000 },
    );
  });
});
