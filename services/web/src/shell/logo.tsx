/** A plumb bob on its line. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--mantine-color-plumb-7)" />
      <path d="M16 4v11" stroke="#fff" strokeWidth="2.5" strokeLinecap="round" />
      <path d="M10.5 15h11L16 28z" fill="#fff" />
    </svg>
  )
}
