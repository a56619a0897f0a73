import type { ImageView } from "@/lib/model/image";
import type { TaskView } from "@/lib/model/task";
import type { VmDetail } from "@/lib/model/vm";
import type { OperationResult } from "../spec/operations";
import type { Say } from "./handler";

type ApiTask = OperationResult<"getTask">;
type ApiImage = OperationResult<"getImage">;

/** A task as a program reads it: its error in words, and what it has made. */
export function toApiTask(view: TaskView, say: Say): ApiTask {
  const { error, ...rest } = view;
  return {
    ...rest,
    error: error && { key: error.key, detail: say(error), technical: error.detail ?? null },
    result: resultOf(view),
  };
}

function resultOf({ kind, state, targetId }: TaskView): ApiTask["result"] {
  if (state !== "done" || targetId === null) return null;
  if (kind === "vm.create" || kind === "backup.restore") return { type: "vm", id: targetId };
  return kind === "image.store" ? { type: "image", id: targetId } : null;
}

/** A VM in full, as a program reads it. */
export function toDetail(vm: VmDetail, say: Say): OperationResult<"getVm"> {
  return { ...vm, tasks: vm.tasks.map((task) => toApiTask(task, say)) };
}

/** An image, why it was refused in words. */
export function toApiImage(view: ImageView, say: Say): ApiImage {
  const { error } = view;
  return { ...view, error: error && { key: error.key, detail: say(error) } };
}
