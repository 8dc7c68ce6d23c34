import { oneOf } from '../search-params.ts'

export const alertTabs = ['incidents', 'rules', 'channels', 'deliveries'] as const
export type AlertTab = (typeof alertTabs)[number]

/** The page of alerts as its address holds it; without a tab it shows incidents, without a state all of them. */
export interface AlertsSearch {
  tab?: AlertTab | undefined
  state?: 'open' | 'resolved' | undefined
}

export const parseAlertsSearch = (raw: Record<string, unknown>): AlertsSearch => ({
  tab: oneOf(raw, 'tab', alertTabs),
  state: oneOf(raw, 'state', ['open', 'resolved']),
})
