import type { Screen } from './screen.ts'
import type { LocalSettings } from './settings.ts'

/** The ports that were chosen, by what listens there. */
export type Ports = Record<keyof LocalSettings['ports'], number>

export interface StackOptions {
  settings: LocalSettings
  ports: Ports
  screen: Screen
  /** Ends the start in the middle. */
  signal: AbortSignal
}
