import type { DoctorCheck } from "@/lib/model/doctor";
import { line } from "./check";

/** Whether new guests can be held to their own addresses; `found` is libvirt's `clean-traffic`. */
export function checkFilter(found: boolean, session: boolean): DoctorCheck {
  if (session) return line("filter", "ok", "user");
  if (found) return line("filter", "ok", "found");
  const command = "sudo apt-get install -y libvirt-daemon-config-nwfilter";
  return line("filter", "warn", "missing", {}, command);
}
