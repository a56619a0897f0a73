import { expect, it, vi } from "vitest";
import type { DomainRef } from "@/lib/libvirt";
import { AppError } from "@/lib/model/errors";
import { inBoth } from "./in-both";

const [LIVE, CONFIG] = [1, 2];
const domain = (id: number) => ({ name: "p-one", uuid: "u", id }) satisfies Partial<DomainRef>;
const refusal = new AppError({ code: "vm.bad_state", message: "domain is not running" });

/** What is asked of libvirt, which refuses the first time where it says so. */
async function asked(before: number, after: number, error?: AppError) {
  const change = vi.fn<(flags: number) => Promise<void>>().mockResolvedValue();
  if (error !== undefined) change.mockRejectedValueOnce(error);
  const ended = await inBoth(domain(before), async () => domain(after), change).catch(
    (thrown: unknown) => thrown,
  );
  return { flags: change.mock.calls.flat(), ended };
}

it("changes a guest that runs and its next start, or that alone", async () => {
  expect(await asked(3, 3)).toEqual({ flags: [LIVE | CONFIG], ended: undefined });
  expect(await asked(-1, -1)).toEqual({ flags: [CONFIG], ended: undefined });
});

it("changes the next start of a guest that went off in between", async () => {
  expect(await asked(3, -1, refusal)).toEqual({ flags: [LIVE | CONFIG, CONFIG], ended: undefined });
});

it("hands on what libvirt refuses otherwise", async () => {
  const busy = new AppError({ code: "host.refused", message: "no" });
  expect(await asked(3, 3, refusal)).toEqual({ flags: [LIVE | CONFIG], ended: refusal });
  expect(await asked(3, -1, busy)).toEqual({ flags: [LIVE | CONFIG], ended: busy });
  expect(await asked(-1, -1, refusal)).toEqual({ flags: [CONFIG], ended: refusal });
});
