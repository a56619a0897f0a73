"use client";

import { useEffect, useState } from "react";
import { keepOwnCombos, type OwnCombo, readOwnCombos } from "./own-combos";

const none: readonly OwnCombo[] = [];

/** The combinations that this browser keeps, and how to change them. */
export function useOwnCombos(): [readonly OwnCombo[], (combos: readonly OwnCombo[]) => void] {
  const [combos, setCombos] = useState(none);
  // Not while rendering: the server has no such store.
  useEffect(() => setCombos(readOwnCombos()), []);
  return [
    combos,
    (changed) => {
      keepOwnCombos(changed);
      setCombos(changed);
    },
  ];
}
