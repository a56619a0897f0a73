import { getDiskFile } from "@/lib/services/volume/get-disk-file";
import type { diskFileOperations } from "../spec/disk-files";
import type { HandlersOf } from "./handler";

export const diskFileHandlers: HandlersOf<keyof typeof diskFileOperations> = {
  getVmDiskFile: (ctx, input) => getDiskFile(ctx, input),
};
