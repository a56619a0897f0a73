import { expect, it } from "vitest";
import {
  parseBootTime,
  parseCgroup,
  parseCommand,
  parseStat,
  statusKib,
  statusLine,
} from "./proc-file";

it("reads the numbers behind a name that looks like more of them", () => {
  const text = "42 (a) 7 8 (b) S 1 42 42 0 -1 4194560 9 0 0 0 250 50 0 0 20 0 4 0 12300 99 1";
  expect(parseStat(text)).toEqual({
    cpuUserSeconds: 2.5,
    cpuSystemSeconds: 0.5,
    startedAfterSeconds: 123,
  });
});

it("reads lines of status, and takes one that is not there for nothing", () => {
  const text = "Name:\tqemu\nUid:\t64055\t64055\t64055\t64055\nVmRSS:\t  12345 kB\n";
  expect(statusKib(text, "VmRSS")).toBe(12_345);
  expect(statusKib(text, "VmSwap")).toBe(0);
  expect(statusLine(text, "Uid")).toBe("64055\t64055\t64055\t64055");
  expect(statusLine(text, "Ui")).toBeNull();
});

it("finds the boot time and the cgroup", () => {
  expect(parseBootTime("cpu  1 2\nbtime 1700000000\nprocesses 3\n")).toBe(1_700_000_000);
  expect(parseCgroup("0::/machine.slice/machine-qemu.scope\n")).toBe(
    "/machine.slice/machine-qemu.scope",
  );
  expect(parseCgroup("12:cpu:/machine/a:b\n1:name=systemd:/\n0::/\n")).toBe("/machine/a:b");
  expect(parseCgroup("0::/\n")).toBeNull();
});

it("splits a command line, empty words included", () => {
  expect(parseCommand("qemu\0-name\0\0x\0")).toEqual(["qemu", "-name", "", "x"]);
});
