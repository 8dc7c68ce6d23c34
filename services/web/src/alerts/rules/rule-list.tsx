import { Badge, Group, Stack, Switch, Table, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { jobDefinition } from '@plumbline/workflows'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { alertChannels, alertKeys, alertRules, deleteAlertRule, updateAlertRule } from '../../api/alert-calls.ts'
import { assetDetail } from '../../api/asset-calls.ts'
import { connectionList } from '../../api/connection-calls.ts'
import { useMay } from '../../api/me.ts'
import { DeleteConfirmation } from '../../shell/delete-confirmation.tsx'
import { GatedButton } from '../../shell/gated-button.tsx'
import { GivenName } from '../../shell/given-name.tsx'
import { HeadedTable } from '../../shell/headed-table.tsx'
import { RowActions } from '../../shell/row-actions.tsx'
import { useRemoval } from '../../shell/use-removal.ts'
import { tagLabel } from '../../text/tag-label.ts'
import { alertKindLabels } from '../alert-labels.ts'
import { ListStates } from '../list-states.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import type { AlertRule } from '@plumbline/api'

/** What makes an incident, and which channels are told. */
export function RuleList() {
  const list = useInfiniteQuery(alertRules())
  const [edited, setEdited] = useState<AlertRule | 'new' | null>(null)
  const [deleting, setDeleting] = useState<AlertRule | null>(null)
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          What no rule in force is about makes no incident.
        </Text>
        <GatedButton
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          decision={useMay('admin')}
          onClick={() => setEdited('new')}
        >
          New rule
        </GatedButton>
      </Group>
      {rows.length > 0 && (
        <HeadedTable
          label="Alert rules"
          minWidth={680}
          headers={['Name', 'On', 'Limited to', 'Told to', 'In force', '']}
        >
          {rows.map((rule) => (
            <RuleRow key={rule.id} rule={rule} onEdit={() => setEdited(rule)} onDelete={() => setDeleting(rule)} />
          ))}
        </HeadedTable>
      )}
      <ListStates list={list} />
      {edited !== null && <RuleDialog rule={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />}
      {deleting !== null && <DeleteRule rule={deleting} onClose={() => setDeleting(null)} />}
    </Stack>
  )
}

function RuleRow({ rule, onEdit, onDelete }: { rule: AlertRule; onEdit: () => void; onDelete: () => void }) {
  const queryClient = useQueryClient()
  const decision = useMay('admin')
  const change = useMutation({
    mutationFn: (enabled: boolean) => updateAlertRule(rule.id, { enabled }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: alertKeys.all }),
  })
  return (
    <Table.Tr>
      <Table.Td fw={500}>
        <GivenName>{rule.name}</GivenName>
      </Table.Td>
      <Table.Td>{alertKindLabels[rule.kind]}</Table.Td>
      <Table.Td>
        <ScopeText scope={rule.scope} />
      </Table.Td>
      <Table.Td>
        <GivenName>
          <ChannelNames ids={rule.channelIds} />
        </GivenName>
      </Table.Td>
      <Table.Td>
        <Switch
          size="sm"
          aria-label={`${rule.name} is in force`}
          checked={rule.enabled}
          disabled={!decision.allowed || change.isPending}
          onChange={({ currentTarget }) => change.mutate(currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <RowActions decision={decision} onEdit={onEdit} onDelete={onDelete} />
      </Table.Td>
    </Table.Tr>
  )
}

function ScopeText({ scope: { types, connectionId, assetId, tag } }: { scope: AlertRule['scope'] }) {
  const connections = useQuery(connectionList())
  const asset = useQuery({ ...assetDetail(assetId ?? ''), enabled: assetId !== undefined })
  const connection = connections.data?.find(({ id }) => id === connectionId)
  const limits = [
    ...(types ?? []).map((type) => jobDefinition(type).label),
    ...(connectionId === undefined ? [] : [connection?.name ?? 'a connection that is gone']),
    ...(assetId === undefined ? [] : [asset.data?.qualifiedName ?? 'an asset']),
    ...(tag === undefined ? [] : [`tag ${tagLabel(tag)}`]),
  ]
  if (limits.length === 0) return 'Everything'
  return limits.map((limit) => (
    <Badge key={limit} variant="light" tt="none" mr={4}>
      {limit}
    </Badge>
  ))
}

function ChannelNames({ ids }: { ids: string[] | null }) {
  const channels = useInfiniteQuery(alertChannels())
  if (ids === null) return 'Every channel'
  const named = channels.data?.pages.flatMap((page) => page.items).filter(({ id }) => ids.includes(id)) ?? []
  return named.length === 0 ? 'Nobody' : named.map(({ name }) => name).join(', ')
}

function DeleteRule({ rule, onClose }: { rule: AlertRule; onClose: () => void }) {
  const remove = useRemoval(() => deleteAlertRule(rule.id), { queryKey: alertKeys.all, onGone: onClose })
  return (
    <DeleteConfirmation
      name={`the rule ${rule.name}`}
      kind="rule"
      consequences="Incidents that it made stay. What it was about makes no more of them, unless another rule is about it."
      remove={remove}
      onClose={onClose}
    />
  )
}
