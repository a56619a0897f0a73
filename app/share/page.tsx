import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SharedScreen } from "@/components/console/shared-screen";
import { isAppError } from "@/lib/model/errors";
import { readSharedScreen } from "@/lib/services/console-share/read-shared-screen";
import { screenVisitor } from "./screen-visitor";
import { ShareDoor } from "./share-door";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("console.share");
  return { title: t("pageTitle"), referrer: "no-referrer" };
}

interface SharePageProps {
  searchParams: Promise<{ screen?: string }>;
}

/**
 * Where links to a screen lead: first the door, which reads the link's secret from the part of
 * the address that no server is sent, then the screen itself.
 */
export default async function SharePage({ searchParams }: SharePageProps) {
  const { screen: shareId } = await searchParams;
  const first = typeof shareId === "string" ? await screenOf(shareId) : null;
  return first === null ? (
    <ShareDoor knownEnded={shareId !== undefined} />
  ) : (
    <SharedScreen first={first} />
  );
}

async function screenOf(shareId: string) {
  try {
    return await readSharedScreen(await screenVisitor(), { shareId: shareId.slice(0, 40) });
  } catch (error) {
    if (isAppError(error, "not_found")) return null;
    throw error;
  }
}
