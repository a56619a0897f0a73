/** How much of the connection the picture may take; `automatic` goes by what is measured. */
export const pictureChoices = ["automatic", "best", "least"] as const;
export type PictureChoice = (typeof pictureChoices)[number];
