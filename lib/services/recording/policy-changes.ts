import { once } from "@/lib/runtime/once";

type Listener = (projectId: string) => void;

const listeners = () => once("recording.policy", () => new Set<Listener>());

/** Called when a project's policy is another; returns what stops it. A listener must not throw. */
export function onPolicyChanged(listener: Listener): () => void {
  listeners().add(listener);
  return () => {
    listeners().delete(listener);
  };
}

export function policyChanged(projectId: string): void {
  for (const listener of [...listeners()]) listener(projectId);
}
