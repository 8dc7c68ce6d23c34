import type { AlertRule, CreateAlertRule } from '@plumbline/api'
import type { AlertKind, JobType } from '@plumbline/workflows'

/** A rule that is being edited; null for a limit that it has not, and for every channel. */
export interface RuleForm {
  name: string
  kind: AlertKind
  types: JobType[]
  connectionId: string | null
  assetId: string | null
  tag: string
  channelIds: string[] | null
}

export const ruleFormOf = (rule: AlertRule | undefined): RuleForm => ({
  name: rule?.name ?? '',
  kind: rule?.kind ?? 'failure',
  types: rule?.scope.types ?? [],
  connectionId: rule?.scope.connectionId ?? null,
  assetId: rule?.scope.assetId ?? null,
  tag: rule?.scope.tag ?? '',
  channelIds: rule?.channelIds ?? null,
})

export const ruleOfForm = ({
  name,
  kind,
  types,
  connectionId,
  assetId,
  tag,
  channelIds,
}: RuleForm): CreateAlertRule => ({
  name,
  kind,
  scope: {
    ...(types.length > 0 && { types }),
    ...(connectionId !== null && { connectionId }),
    ...(assetId !== null && { assetId }),
    ...(tag.trim() !== '' && { tag: tag.trim() }),
  },
  channelIds,
})
