"use client";

import "./globals.css";

/**
 * When even the layout broke there are no catalogues: the two languages stand side by side.
 */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Portico</title>
        <main className="mx-auto flex max-w-xl flex-col items-start gap-3 px-6 py-16">
          <h1 className="font-semibold text-xl">Something broke on our side</h1>
          <p className="text-muted">
            The details are in the portal’s log. Your guests are not affected.
          </p>
          <p lang="zh-CN" className="text-muted">
            门户出了问题，详细信息已写入日志。您的虚拟机不受影响。
          </p>
          <button
            type="button"
            onClick={retry}
            className="mt-2 h-9 rounded-md bg-accent px-4 font-medium text-accent-ink"
          >
            Try again · 重试
          </button>
        </main>
      </body>
    </html>
  );
}
