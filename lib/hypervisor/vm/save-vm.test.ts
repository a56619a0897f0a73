import { expect, it } from "vitest";
import { AppError } from "@/lib/model/errors";
import type { LinkedHost } from "../link";
import { Turns } from "../turns";
import { saveVm, unsaveVm } from "./save-vm";

const off = () => new AppError({ code: "vm.bad_state", message: "domain is not running" });

/** A host whose one guest is being saved until the script says that it has ended. */
function hostOf(script: {
  state: string;
  saving?: Promise<unknown>;
  job?: () => { type: number; dataTotal: bigint; dataProcessed: bigint };
}) {
  const calls: string[] = [];
  const answers: Record<string, () => unknown> = {
    domainLookupByUuid: () => ({ dom: { name: "p-1", uuid: "u", id: 1 } }),
    domainManagedSave: () => script.saving,
    domainGetJobInfo: () => {
      if (script.job === undefined) throw off();
      return script.job();
    },
    domainAbortJob: () => {
      script.job = undefined;
    },
    domainCreateWithFlags: () => {
      script.state = "running";
    },
  };
  const host = {
    link: {
      turns: new Turns(),
      call: async (name: string) => {
        calls.push(name);
        return answers[name]?.();
      },
    },
    inventory: { refresh: async () => ({ state: script.state }) },
  };
  return { host: host as unknown as LinkedHost, calls, script };
}

it("tells how far it is, by what libvirt says, until the save has ended", async () => {
  let end = () => undefined as unknown;
  const saving = new Promise((resolve) => {
    end = () => resolve(undefined);
  });
  let processed = 0n;
  const { host } = hostOf({
    state: "saved",
    saving,
    job: () => {
      processed += 300n;
      return { type: 2, dataTotal: 1000n, dataProcessed: processed };
    },
  });
  const told: number[] = [];
  const { signal } = new AbortController();
  const progress = (percent: number) => {
    told.push(percent);
    if (told.length === 2) end();
  };
  expect(await saveVm(host, "u", { signal, progress })).toEqual({ state: "saved" });
  expect(told).toEqual([30, 60]);
});

it("one that virsh has saved meanwhile is saved; a refusal of libvirt's is told", async () => {
  const options = { signal: new AbortController().signal, progress: () => undefined };
  const meanwhile = hostOf({ state: "saved", saving: Promise.reject(off()) });
  expect(await saveVm(meanwhile.host, "u", options)).toEqual({ state: "saved" });
  const refused = hostOf({ state: "running", saving: Promise.reject(off()) });
  await expect(saveVm(refused.host, "u", options)).rejects.toMatchObject({ code: "vm.bad_state" });
});

it("a save under way is ended, and the guest goes on by itself", async () => {
  const job = () => ({ type: 2, dataTotal: 1n, dataProcessed: 0n });
  const { host, calls } = hostOf({ state: "running", job });
  await unsaveVm(host, "u");
  expect(calls).toContain("domainAbortJob");
  expect(calls).not.toContain("domainCreateWithFlags");
});

it("what is saved already is started again", async () => {
  const { host, calls } = hostOf({ state: "saved" });
  await unsaveVm(host, "u");
  expect(calls).toContain("domainCreateWithFlags");
  expect(calls).not.toContain("domainAbortJob");
});
