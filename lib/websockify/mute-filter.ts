import type { ClientFilter } from "./bridge-options";

const nothing = Buffer.alloc(0);

/** For who may only look at something without a protocol: nothing that the browser sends passes. */
export const muteFilter: ClientFilter = { established: true, push: () => nothing };
