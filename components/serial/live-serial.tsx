"use client";

import { useLiveStatus, useLiveVm } from "@/components/shell/live-provider";
import type { PowerAction } from "@/components/vm/types";
import type { VmDetail } from "@/lib/model/vm";
import { SerialScreen } from "./serial-screen";

interface LiveSerialProps {
  detail: VmDetail;
  /** Path of this page. */
  href: string;
  powerForbidden: string | null;
  power: PowerAction;
  /** This is the tab that shows the terminal alone. */
  alone: boolean;
}

/** A VM's serial console that follows the VM through stops and starts to its end. */
export function LiveSerial({ detail, href, powerForbidden, power, alone }: LiveSerialProps) {
  const live = useLiveVm(detail);
  return (
    <SerialScreen
      vm={live ?? detail}
      removed={live === null}
      portalHeard={useLiveStatus() === "open"}
      ticketHref={`${href}/ticket`}
      power={power}
      powerForbidden={powerForbidden}
      popOutHref={alone ? null : `${href}?alone=1`}
    />
  );
}
