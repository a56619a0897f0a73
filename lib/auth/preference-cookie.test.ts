import { expect, it } from "vitest";
import { preferenceCookie } from "./preference-cookie";

it.each(["theme", "locale"] as const)(
  "V3.3.1, V3.3.3: the %s has the prefix and the flags of the session's cookie over https",
  (preference) => {
    expect(preferenceCookie(preference, "https://cloud.example.org")).toEqual({
      name: `__Host-portico-${preference}`,
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: true, maxAge: 31_536_000 },
    });
    const plain = preferenceCookie(preference, "http://localhost:3000");
    expect(plain).toMatchObject({ name: `portico-${preference}`, options: { secure: false } });
  },
);
