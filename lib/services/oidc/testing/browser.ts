/** As much of a browser as a sign-in needs: cookies by origin, and redirects one at a time. */
export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();

  /** The Cookie header that the origin would get. */
  cookies(origin: string): string {
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  setCookie(origin: string, name: string, value: string): void {
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar.set(name, value));
  }

  async open(url: string | URL, form?: Record<string, string>): Promise<Response> {
    const { origin } = new URL(url);
    const answer = await fetch(url, {
      method: form === undefined ? "GET" : "POST",
      body: form === undefined ? null : new URLSearchParams(form),
      headers: { cookie: this.cookies(origin) },
      redirect: "manual",
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";", 1);
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      const ended = /max-age=0|expires=thu, 01 jan 1970/i.test(line);
      if (ended) this.jars.get(origin)?.delete(name);
      else this.setCookie(origin, name, value);
    }
    return answer;
  }

  /** Where an answer sends the browser. */
  static location(answer: Response, from: string | URL): URL {
    const location = answer.headers.get("location");
    if (location === null) throw new Error(`no redirect from ${from}: ${answer.status}`);
    return new URL(location, from);
  }
}
