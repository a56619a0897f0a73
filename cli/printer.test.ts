import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { makePrinter } from "./printer";

function printer(json = false) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const text = (stream: PassThrough) => String(stream.read() ?? "");
  return {
    print: makePrinter({ stdout, stderr }, json),
    out: () => text(stdout),
    err: () => text(stderr),
  };
}

const rows = [
  { name: "web", vcpus: 2, address: null },
  { name: "数据库", vcpus: 16, address: "192.0.2.7" },
];
const columns = [
  { title: "NAME", of: (row: (typeof rows)[number]) => row.name },
  { title: "VCPU", of: (row: (typeof rows)[number]) => row.vcpus, align: "right" as const },
  { title: "ADDRESS", of: (row: (typeof rows)[number]) => row.address },
];

it("lines columns up, wide characters too", () => {
  const { print, out } = printer();
  print.table(rows, columns, "none");
  expect(out()).toBe("NAME    VCPU  ADDRESS\nweb        2  –\n数据库    16  192.0.2.7\n");
});

it("says in words that there is nothing", () => {
  const { print, out } = printer();
  print.table([], columns, "No VMs yet.");
  expect(out()).toBe("No VMs yet.\n");
});

it("gives programs JSON and nothing else", () => {
  const { print, out, err } = printer(true);
  print.note("hello");
  print.progress("10 %");
  print.table(rows, columns, "none");
  expect(JSON.parse(out())).toEqual(rows);
  expect(err()).toBe("");
});

it("lets no name steer the terminal", () => {
  const { print, out } = printer();
  print.table([{ name: "\u001b]0;evil\u0007\u202eabc" }], [{ title: "N", of: (r) => r.name }], "");
  print.note("a\u001b[2Jb");
  const written = out();
  for (const character of ["\u001b", "\u0007", "\u202e"]) expect(written).not.toContain(character);
});
