import { kindLabels } from '../assets/kind-labels.ts'
import type { Schedule } from '@plumbline/api'
import type { TargetKind } from '@plumbline/workflows'

export const everyKind = (kind: TargetKind): string => `every ${kindLabels[kind].one.toLowerCase()}`

/** `every table below it, like shop.sales.*`; null when the job is on the asset itself. */
export function targetText(target: Schedule['target']): string | null {
  if (target === null) return null
  const which = target.matching === undefined ? '' : `, like ${target.matching}`
  return `${everyKind(target.each)} below it${which}`
}
