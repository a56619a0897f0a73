"use client";

import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/ui/local-time";
import { Fact, Facts } from "@/components/vm/facts";
import type { GuestView } from "@/lib/model/guest/guest";

/** System, people and addresses, one fact a line. */
export function GuestFacts({ view }: { view: GuestView }) {
  const t = useTranslations("guest");
  const { kernel, architecture, users, interfaces } = view;
  const built = [kernel, architecture].filter((each) => each !== null).join(" ");
  return (
    <Facts>
      <Fact term={t("hostname")}>{view.hostname ?? t("notTold")}</Fact>
      <Fact term={t("os")}>{view.os ?? t("notTold")}</Fact>
      <Fact term={t("kernel")}>{built || t("notTold")}</Fact>
      <Fact term={t("timezone")}>{view.timezone ?? t("notTold")}</Fact>
      <Fact term={t("users")}>
        {users.length === 0 ? (
          t("nobody")
        ) : (
          <ul>
            {[...new Map(users.map((user) => [`${user.name} ${user.since}`, user]))].map(
              ([key, { name, since }]) => (
                <li key={key}>
                  {name}
                  {since !== null && (
                    <span className="text-muted">
                      {" "}
                      <LocalTime at={since} />
                    </span>
                  )}
                </li>
              ),
            )}
          </ul>
        )}
      </Fact>
      {[...new Map(interfaces.map((each) => [each.name, each])).values()].map((each) => (
        <Fact key={each.name} term={each.name}>
          <span className="block font-mono text-xs">
            {each.addresses.join(", ") || t("noAddress")}
          </span>
          {each.mac !== null && (
            <span className="block font-mono text-muted text-xs">{each.mac}</span>
          )}
        </Fact>
      ))}
    </Facts>
  );
}
