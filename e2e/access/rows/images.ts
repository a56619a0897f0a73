import { callAction, knock } from "../knock";
import type { Row } from "../row";

const tus = { "tus-resumable": "1.0.0" };
const base64 = (text: string) => Buffer.from(text).toString("base64");

export const imageRows: Row[] = [
  {
    door: "action deleteImageAction",
    needs: "image.delete",
    knock: async (cell) =>
      callAction(cell, "deleteImageAction", { imageId: await cell.things.image() }),
  },
  {
    door: "action cancelUploadAction",
    needs: "image.upload",
    knock: async (cell) =>
      callAction(cell, "cancelUploadAction", { imageId: await cell.things.image("uploading") }),
  },
  {
    door: "tus POST /api/uploads",
    needs: "image.upload",
    knock: (cell) =>
      knock(cell, "/api/uploads", {
        method: "POST",
        headers: {
          ...tus,
          "upload-length": "1000000",
          "upload-metadata": `filename ${base64("a.iso")},projectId ${base64(cell.project.id)}`,
        },
      }),
  },
  ...(["HEAD", "PATCH", "DELETE"] as const).map(
    (method): Row => ({
      door: `tus ${method} /api/uploads/[id]`,
      needs: "image.upload",
      async knock(cell) {
        const path = `/api/uploads/${await cell.things.image("uploading")}`;
        const patch = { "upload-offset": "0", "content-type": "application/offset+octet-stream" };
        return knock(cell, path, {
          method,
          headers: method === "PATCH" ? { ...tus, ...patch } : tus,
          body: method === "PATCH" ? "x" : undefined,
        });
      },
    }),
  ),
];
