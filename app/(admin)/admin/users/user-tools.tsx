"use client";

import { Search } from "lucide-react";
import Form from "next/form";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type UserFilter, userFilters } from "@/lib/model/user";

interface UserToolsProps {
  search: string;
  show: UserFilter;
  total: number;
}

/** Search and filter as a form: what is chosen is in the address. */
export function UserTools({ search, show, total }: UserToolsProps) {
  const t = useTranslations("user.admin");
  const form = useRef<HTMLFormElement>(null);
  return (
    <Form ref={form} action="/admin/users" className="flex flex-wrap items-center gap-2">
      <span className="relative block w-64 max-sm:w-full">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
        />
        <Input
          key={search}
          type="search"
          name="search"
          maxLength={100}
          aria-label={t("search")}
          placeholder={t("search")}
          defaultValue={search}
          className="pl-9"
        />
      </span>
      <Select
        key={show}
        name="show"
        aria-label={t("filter")}
        defaultValue={show}
        onChange={() => form.current?.requestSubmit()}
        className="w-56 max-sm:w-full"
      >
        {userFilters.map((each) => (
          <option key={each} value={each}>
            {t(`show.${each}`)}
          </option>
        ))}
      </Select>
      <Button type="submit">{t("searchNow")}</Button>
      <span role="status" className="text-13 text-muted">
        {t("total", { count: total })}
      </span>
    </Form>
  );
}
