import type { Role } from '@plumbline/api'

/** What a role may do; each may also do what the ones before it may. */
export const roleTexts: Record<Role, { label: string; text: string }> = {
  viewer: { label: 'Viewer', text: 'Reads everything, changes nothing.' },
  operator: { label: 'Operator', text: 'Also starts, cancels and retries jobs, and triggers schedules.' },
  admin: { label: 'Admin', text: 'Also connections, schedules, imports and tokens.' },
}
