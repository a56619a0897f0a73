import { z } from "zod";

export const setClipboardSchema = z.strictObject({ clipboard: z.boolean() });
