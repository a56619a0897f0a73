import type { Host } from "@/lib/hypervisor/types";
import { AppError } from "@/lib/model/errors";
import type { Context } from "../context";

/** The host for a new VM or image; throws `host.unreachable` when none is connected. */
export function chooseHost(ctx: Pick<Context, "hosts">): Host {
  const host = ctx.hosts.list().find((each) => each.connection === "connected");
  if (host) return host;
  throw new AppError({ code: "host.unreachable", message: "no host is connected" });
}
