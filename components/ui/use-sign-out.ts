import { signOut } from "./leave";
import { toast } from "./toast";
import { useErrorText } from "./use-error-text";

/** Gives the function that signs out and leaves the page, or says that it could not be done. */
export function useSignOut(): (go?: () => void) => Promise<void> {
  const errorText = useErrorText();
  return async (go) => {
    if (!(await signOut(go))) toast.bad(errorText({ key: "portal.unreachable" }));
  };
}
