import fc from "fast-check";
import { expect, it } from "vitest";
import { optionsOf } from "./options-of";

it("puts every option on a line of its own, with the parts of its value", () => {
  const command = [
    "/usr/bin/qemu-system-x86_64",
    "-name",
    "guest=a,,b,debug-threads=on",
    "-S",
    "-object",
    '{"qom-type":"secret","id":"x"}',
    "-m",
    "size=65536k",
    "stray",
  ];
  expect(optionsOf(command)).toEqual([
    { name: "/usr/bin/qemu-system-x86_64", parts: [] },
    { name: "-name", parts: ["guest=a,,b", "debug-threads=on"] },
    { name: "-S", parts: [] },
    { name: "-object", parts: ['{"qom-type":"secret","id":"x"}'] },
    { name: "-m", parts: ["size=65536k"] },
    { name: "stray", parts: [] },
  ]);
  expect(optionsOf([])).toEqual([]);
});

it("loses no word, whatever they are", () => {
  const word = fc.oneof(fc.string(), fc.constantFrom("-a", "-", "x,,y,z", "{a,b}", ""));
  fc.assert(
    fc.property(fc.array(word), (command) => {
      const back = optionsOf(command).flatMap(({ name, parts }) =>
        parts.length === 0 ? [name] : [name, parts.join(",")],
      );
      expect(back).toEqual(command);
    }),
  );
});
