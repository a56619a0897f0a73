/** One comparison of ours with a peer, both measured in the same run. */
export interface Figure {
  /** What is compared, in words. */
  figure: string;
  ours: number;
  peer: number;
  peerName: string;
  unit: string;
  /** ours / peer. */
  ratio: number;
  /** What the ratio has to be, for example "<= 0.85"; empty when it is only shown. */
  goal: string;
  /** True also when there is no goal. */
  holds: boolean;
}

/** A figure with its ratio and its verdict; `atMost` or `atLeast` bounds ours / peer. */
export function figureOf(
  facts: Pick<Figure, "figure" | "ours" | "peer" | "peerName" | "unit">,
  goal: { atMost?: number; atLeast?: number } = {},
): Figure {
  const ratio = facts.ours / facts.peer;
  const { atMost, atLeast } = goal;
  const bounds = [
    atMost === undefined ? "" : `<= ${atMost}`,
    atLeast === undefined ? "" : `>= ${atLeast}`,
  ];
  const holds =
    (atMost === undefined || ratio <= atMost) && (atLeast === undefined || ratio >= atLeast);
  return { ...facts, ratio, goal: bounds.filter((each) => each !== "").join(" and "), holds };
}
