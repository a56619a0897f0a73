/** A member of the project, an administrator who is none, or somebody who came by a link. */
export type ConsoleVia = "member" | "administrator" | "link";

/** One console that is open: who looks at, or types into, a VM. */
export interface ConsoleViewer {
  id: string;
  name: string;
  kind: "screen" | "serial";
  via: ConsoleVia;
  /** Input is dropped whatever happens. */
  viewOnly: boolean;
}

/** Who is at a VM's consoles now. */
export interface ConsoleViewers {
  /** Oldest first. */
  viewers: ConsoleViewer[];
  /** The one that alone may type into the screen; null: all may. */
  control: string | null;
  /** The screen is being recorded. */
  recorded: boolean;
}

export const noViewers: ConsoleViewers = { viewers: [], control: null, recorded: false };
