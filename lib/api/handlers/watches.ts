import { addWatch } from "@/lib/services/watch/add-watch";
import { listWatches } from "@/lib/services/watch/list-watches";
import { removeWatch } from "@/lib/services/watch/remove-watch";
import type { watchOperations } from "../spec/watches";
import type { HandlersOf } from "./handler";
import { noContent } from "./no-content";

export const watchHandlers: HandlersOf<keyof typeof watchOperations> = {
  listWatches: async (ctx, input) => ({ items: await listWatches(ctx, input) }),
  addWatch,
  removeWatch: (ctx, input) => noContent(removeWatch(ctx, input)),
};
