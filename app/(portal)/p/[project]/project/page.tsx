import { redirect } from "next/navigation";

export default async function ProjectTabsPage(props: { params: Promise<{ project: string }> }) {
  redirect(`/p/${encodeURIComponent((await props.params).project)}/project/members`);
}
