"use client";

import { useEffect, useState } from "react";
import { callAction } from "@/components/ui/call-action";
import type { AdoptionInput, AdoptionPlan } from "@/lib/model/adoption";
import type { UserMessage } from "@/lib/model/errors";
import type { AdoptionTools } from "./types";

interface Asked {
  plan: AdoptionPlan | null;
  /** Why there is none. */
  against: UserMessage | null;
}

const reading: Asked = { plan: null, against: null };

/** Asks what an adoption would do, anew whenever another one is meant. */
export function useAdoptionPlan(input: AdoptionInput, { plan: ask }: AdoptionTools): Asked {
  const { hostId, uuid, projectId, makePersistent } = input;
  const [asked, setAsked] = useState<Asked>(reading);
  useEffect(() => {
    let left = false;
    setAsked(reading);
    void callAction(() => ask({ hostId, uuid, projectId, makePersistent })).then((result) => {
      if (left) return;
      if (result.ok) setAsked({ plan: result.value, against: null });
      else setAsked({ plan: null, against: result.error.message });
    });
    return () => {
      left = true;
    };
  }, [hostId, uuid, projectId, makePersistent, ask]);
  return asked;
}
