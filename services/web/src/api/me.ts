import { queryOptions, useQuery } from '@tanstack/react-query'
import { http } from './backend.ts'
import type { Me, Role } from '@plumbline/api'
import type { ActionDecision } from '@plumbline/workflows'

export const whoAmI = () =>
  queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }): Promise<Me> => http.get('/me', undefined, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

const rank: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 }

/** Whether a role suffices; with the reason, so that a control that is switched off can say why. */
export function roleDecision(role: Role | undefined, needed: Role): ActionDecision {
  if (role !== undefined && rank[role] >= rank[needed]) return { allowed: true }
  return { allowed: false, reason: `Needs the role ${needed}${role === undefined ? '' : `; you are ${role}`}` }
}

/** The same for whoever is signed in. */
export function useMay(needed: Role): ActionDecision {
  const { data } = useQuery(whoAmI())
  return roleDecision(data?.role, needed)
}
