import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "@/components/ui/format";
import { Progress } from "@/components/ui/progress";
import { StateDot } from "@/components/ui/state-dot";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { PoolView } from "@/lib/model/host";

export function PoolTable({ pools }: { pools: PoolView[] }) {
  const t = useTranslations("host");
  const locale = useLocale();
  if (pools.length === 0) return <p className="text-13 text-muted">{t("noPools")}</p>;
  return (
    <Table aria-label={t("pools")}>
      <thead>
        <tr>
          <Th>{t("pool")}</Th>
          <Th>{t("role")}</Th>
          <Th className="max-sm:hidden">{t("state")}</Th>
          <Th>{t("free")}</Th>
          <Th className="max-sm:hidden">{t("capacity")}</Th>
        </tr>
      </thead>
      <tbody>
        {pools.map((pool) => (
          <Tr key={pool.name}>
            <Td className="font-medium">{pool.name}</Td>
            <Td>{t(`roles.${pool.role}`)}</Td>
            <Td className="max-sm:hidden">
              <StateDot shape={pool.active ? "disc" : "ring"} tone={pool.active ? "ok" : "muted"}>
                {pool.active ? t("active") : t("inactive")}
              </StateDot>
            </Td>
            <Td className="min-w-32">
              {formatBytes(pool.availableBytes, locale)}
              <Progress
                percent={
                  pool.capacityBytes > 0
                    ? 100 - (100 * pool.availableBytes) / pool.capacityBytes
                    : 0
                }
                label={t("poolUse", { name: pool.name })}
                className="mt-1"
              />
            </Td>
            <Td className="whitespace-nowrap max-sm:hidden">
              {formatBytes(pool.capacityBytes, locale)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
