"use client";

import { Callout } from "@/components/ui/callout";
import { useErrorText } from "@/components/ui/use-error-text";
import type { UserMessage } from "@/lib/model/errors";

/** In place of a definition that cannot be read now. */
export function DefinitionMissing({ message }: { message: UserMessage }) {
  const errorText = useErrorText();
  return (
    <div className="p-4 md:p-6">
      <Callout tone="warn" role="status">
        {errorText(message)}
      </Callout>
    </div>
  );
}
