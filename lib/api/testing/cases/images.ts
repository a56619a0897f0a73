import type { imageOperations } from "../../spec/images";
import { away, full } from "./before";
import type { CasesOf } from "./case";

export const imageCases: CasesOf<typeof imageOperations> = {
  listImages: { as: "viewer", input: ({ ids }) => ({ projectId: ids.projectId, sort: "name" }) },
  getImage: { as: "viewer", input: ({ ids }) => ({ imageId: ids.imageId }) },
  createImageUpload: {
    as: "member",
    input: ({ ids }) => ({ projectId: ids.projectId, name: "x.iso", sizeBytes: 1_000_000 }),
    refusals: [
      ["quota.exceeded", {}, full],
      ["input.invalid", { sizeBytes: 1 }],
    ],
  },
  deleteImage: {
    as: "member",
    input: ({ ids }) => ({ imageId: ids.imageId }),
    refusals: [
      [
        "vm.bad_state",
        {},
        ({ world }) => world.db.image.updateMany({ data: { state: "storing" } }),
      ],
      ["host.unreachable", {}, away],
    ],
  },
};
