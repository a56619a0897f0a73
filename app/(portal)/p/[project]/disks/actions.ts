"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { deleteDisk } from "@/lib/services/disk/delete-disk";

const input = z.object({ diskId: z.string().min(1).max(40) });

export const deleteDiskAction = action(input, deleteDisk);
