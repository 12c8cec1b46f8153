/** The mark of LLMLab, in the colours of the theme. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" aria-hidden="true" className="shrink-0">
      <rect x="1" y="1" width="20" height="20" rx="5.5" className="fill-accent" />
      <g
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-on-accent"
      >
        <path d="M7 5.5v10.2h8.5" />
        <path d="M10.6 12V9.6M14 12V6.6" opacity=".72" />
      </g>
    </svg>
  );
}
