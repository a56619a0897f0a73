import { readPicture, type Shot } from "@/lib/hypervisor/screen/read-picture";
import type { Host } from "@/lib/hypervisor/types";
import { readingSteps } from "@/lib/model/screen-text/read-screen-text";
import { Stillness } from "@/lib/model/watch/stillness";
import { inSlices } from "@/lib/runtime/in-slices";

/** What a screen says, and for how long it has not changed. */
export interface Seen {
  lines: readonly string[];
  stillMs: number;
}

interface Screen {
  bootId: string;
  stillness: Stillness;
  /** What the last few pictures said: a cursor that blinks is read twice, not every time. */
  read: Map<string, readonly string[]>;
}

const picturesKept = 4;

/** Screens as they were last seen: in memory, begun anew after a restart of the portal. */
export class Screens {
  private readonly screens = new Map<string, Screen>();

  constructor(private readonly take: (host: Host, uuid: string) => Promise<Shot> = readPicture) {}

  /** Looks at one screen; its text is read only when the picture is a new one. */
  async look(
    host: Host,
    vm: { id: string; uuid: string; bootId: string },
    nowMs: () => number,
  ): Promise<Seen> {
    const screen = this.screenOf(vm);
    const shot = await this.take(host, vm.uuid);
    const lines = screen.read.get(shot.digest) ?? (await linesOf(shot));
    keep(screen.read, shot.digest, lines);
    const at = nowMs();
    screen.stillness.see(lines.length === 0 ? shot.digest : lines.join("\n"), at);
    return { lines, stillMs: screen.stillness.stillMs(at) };
  }

  /** Forgets all screens but these. */
  only(vmIds: ReadonlySet<string>): void {
    for (const id of this.screens.keys()) if (!vmIds.has(id)) this.screens.delete(id);
  }

  private screenOf({ id, bootId }: { id: string; bootId: string }): Screen {
    const known = this.screens.get(id);
    if (known?.bootId === bootId) return known;
    const fresh = { bootId, stillness: new Stillness(), read: new Map() };
    this.screens.set(id, fresh);
    return fresh;
  }
}

async function linesOf(shot: Shot): Promise<readonly string[]> {
  const picture = await shot.picture();
  if (picture === null) return [];
  return (await inSlices(readingSteps(picture)))?.lines ?? [];
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= picturesKept) break;
    map.delete(oldest);
  }
}
