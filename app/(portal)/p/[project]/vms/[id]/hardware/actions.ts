"use server";

import { z } from "zod";
import { action } from "@/app/action";
import { setClipboardSchema } from "@/lib/model/clipboard-schema";
import { setCpuSchema } from "@/lib/model/cpu-schema";
import {
  addNicSchema,
  macSchema,
  moveNicSchema,
  nicLimitsSchema,
  nicModelSchema,
} from "@/lib/model/nic";
import { setVideoSchema } from "@/lib/model/video-schema";
import { addNic } from "@/lib/services/nic/add-nic";
import { moveNic } from "@/lib/services/nic/move-nic";
import { removeNic } from "@/lib/services/nic/remove-nic";
import { setNicLimits } from "@/lib/services/nic/set-nic-limits";
import { setNicLink } from "@/lib/services/nic/set-nic-link";
import { setNicModel } from "@/lib/services/nic/set-nic-model";
import { setClipboard } from "@/lib/services/vm/set-clipboard";
import { setCpu } from "@/lib/services/vm/set-cpu";
import { setVideo } from "@/lib/services/vm/set-video";

const vmId = z.string().min(1).max(40);
const nic = z.object({ vmId, mac: macSchema });

export const addNicAction = action(addNicSchema.extend({ vmId }), addNic);

export const removeNicAction = action(nic, removeNic);

export const moveNicAction = action(nic.extend(moveNicSchema.shape), moveNic);

export const setNicModelAction = action(nic.extend(nicModelSchema.shape), setNicModel);

export const setNicLimitsAction = action(nic.extend(nicLimitsSchema.shape), setNicLimits);

export const setNicLinkAction = action(nic.extend({ up: z.boolean() }), setNicLink);

export const setClipboardAction = action(setClipboardSchema.extend({ vmId }), setClipboard);

export const setCpuAction = action(setCpuSchema.extend({ vmId }), setCpu);

export const setVideoAction = action(setVideoSchema.extend({ vmId }), setVideo);
