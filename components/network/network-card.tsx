import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { ScrollBox } from "@/components/ui/scroll-box";
import { StateDot } from "@/components/ui/state-dot";
import { Fact, Facts } from "@/components/vm/facts";
import type { NetworkLease, NetworkView } from "@/lib/model/host";

/** One network: what it means, its figures, and the addresses given to this project. */
export function NetworkCard({ network }: { network: NetworkView }) {
  const t = useTranslations("network");
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2.5">
          {network.name}
          <Badge>{t(`modes.${network.mode}`)}</Badge>
        </span>
      }
      aside={
        <StateDot shape={network.active ? "disc" : "ring"} tone={network.active ? "ok" : "muted"}>
          {network.active ? t("active") : t("inactive")}
        </StateDot>
      }
    >
      <p className="mb-4 max-w-prose text-13 text-muted">{t(`explain.${network.mode}`)}</p>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Facts>
          {network.bridge && (
            <Fact term={t("bridge")}>
              <span className="font-mono text-xs">{network.bridge}</span>
            </Fact>
          )}
          {network.address && (
            <Fact term={t("address")}>
              <span className="inline-flex items-center gap-1 font-mono text-xs">
                {network.address}
                <CopyButton text={network.address} />
              </span>
            </Fact>
          )}
          <Fact term={t("dhcp")}>{network.dhcp ? t("dhcpOn") : t("dhcpOff")}</Fact>
          {network.autostart && <Fact term={t("state")}>{t("autostart")}</Fact>}
        </Facts>
        {network.dhcp && <Leases leases={network.leases} />}
      </div>
    </Card>
  );
}

function Leases({ leases }: { leases: NetworkLease[] }) {
  const t = useTranslations("network");
  const format = useFormatter();
  return (
    <div className="min-w-0">
      <h3 className="font-medium text-13">
        {t("leases")} <span className="font-normal text-muted">{t("leasesHint")}</span>
      </h3>
      {leases.length === 0 ? (
        <p className="mt-1 text-13 text-muted">{t("noLeases")}</p>
      ) : (
        <ScrollBox label={t("leases")} className="overflow-x-auto">
          <table className="mt-1 w-full text-left text-13">
            <thead>
              <tr className="text-muted text-xs">
                <th scope="col" className="py-1 pr-4 font-medium">
                  {t("leaseAddress")}
                </th>
                <th scope="col" className="py-1 pr-4 font-medium">
                  {t("leaseMac")}
                </th>
                <th scope="col" className="py-1 pr-4 font-medium">
                  {t("leaseHost")}
                </th>
                <th scope="col" className="py-1 font-medium">
                  {t("leaseExpires")}
                </th>
              </tr>
            </thead>
            <tbody>
              {leases.map((lease) => (
                <tr key={lease.mac + lease.address} className="border-line border-t">
                  <td className="py-1.5 pr-4 font-mono text-xs">{lease.address}</td>
                  <td className="py-1.5 pr-4 font-mono text-xs">{lease.mac}</td>
                  <td className="py-1.5 pr-4">{lease.hostname ?? "–"}</td>
                  <td className="whitespace-nowrap py-1.5">
                    {lease.expiresAt
                      ? format.dateTime(new Date(lease.expiresAt), {
                          dateStyle: "short",
                          timeStyle: "short",
                        })
                      : "–"}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </div>
  );
}
