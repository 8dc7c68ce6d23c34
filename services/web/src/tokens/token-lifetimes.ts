const dayMs = 86_400_000

/** How long a token can be valid, in days; null until it is deleted. */
export const tokenLifetimes = {
  '30d': { label: '30 days', days: 30 },
  '90d': { label: '90 days', days: 90 },
  '365d': { label: 'A year', days: 365 },
  never: { label: 'Until it is deleted', days: null },
} as const satisfies Record<string, { label: string; days: number | null }>
export type TokenLifetime = keyof typeof tokenLifetimes

export const tokenLifetimeNames = Object.keys(tokenLifetimes).filter((name): name is TokenLifetime =>
  Object.hasOwn(tokenLifetimes, name),
)

/** The end of a token made at `nowMs`; null for one that has none. */
export function expiryOf(lifetime: TokenLifetime, nowMs: number): string | null {
  const { days } = tokenLifetimes[lifetime]
  return days === null ? null : new Date(nowMs + days * dayMs).toISOString()
}

/** Whether a token is not valid any more. */
export const hasExpired = ({ expiresAt }: { expiresAt: string | null }, nowMs: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= nowMs
