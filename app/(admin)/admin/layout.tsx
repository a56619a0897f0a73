import type { ReactNode } from "react";
import { PortalShell } from "@/app/(portal)/portal-shell";
import { adminPage } from "./admin-page";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const ctx = await adminPage();
  return (
    <PortalShell ctx={ctx} area="admin">
      {children}
    </PortalShell>
  );
}
