/** The mark: a pediment on three columns. */
export function Brand() {
  return (
    <span className="flex items-center gap-2.5 font-semibold text-[0.9375rem] tracking-tight">
      <svg viewBox="0 0 32 32" aria-hidden="true" className="size-6">
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <path
          className="fill-accent-ink"
          d="M16 5.6 26.4 11v2.2H5.6V11zM8 14.6h3v8.6H8zM14.5 14.6h3v8.6h-3zM21 14.6h3v8.6h-3zM5.6 24.4h20.8v2.4H5.6z"
        />
      </svg>
      Portico
    </span>
  );
}
