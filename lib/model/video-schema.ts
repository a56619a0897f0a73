import { z } from "zod";
import { videoModels } from "./video";

export const setVideoSchema = z.strictObject({ model: z.enum(videoModels) });
